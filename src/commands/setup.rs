//! `setup`: an empty database becomes an installation; prints the first administrator's way in.

use city::FirstPerson;
use city::set_up::{SetUp, set_up};
use clap::Args;
use store::schema::Layout;
use store::{Address, Store};
use values::{PersonId, SeatId};
use web::Clock;

use crate::commands::Outcome;
use lumbung::app;

/// Who comes in first.
#[derive(Args)]
pub(crate) struct Setup {
    /// Name of the first administrator
    #[arg(long, default_value = "Admin Dinas")]
    name: String,
    /// Name with which the administrator signs in
    #[arg(long, default_value = "admin")]
    sign_in_name: String,
    /// Name of the city office
    #[arg(long, default_value = "Dinas Koperasi dan UKM Kota Bandung")]
    office: String,
    /// Where the installation will be reached, for the link
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    address: String,
}

impl Setup {
    /// Runs it.
    pub(crate) async fn run(self, db: &str) -> anyhow::Result<Outcome> {
        let address: Address = db.parse()?;
        Store::migrate(&address, Layout::Plain).await?;
        let (address, store) = app::open(db).await?;
        let code = access::token::readable_code();
        let (person, seat) = (PersonId::new_v7(), SeatId::new_v7());
        let administrator = FirstPerson::new(person, seat, &self.name, &self.sign_in_name);
        let input = SetUp { office: self.office, administrator: administrator.let_in_by(&code) };
        set_up(&store, Clock::of_machine().now(), input).await?;
        app::secret(&address)?;
        eprintln!("Set up. {} opens this link within 24 hours, once:", self.sign_in_name);
        println!("{}/undangan?kode={code}", self.address.trim_end_matches('/'));
        Ok(Outcome::Done)
    }
}
