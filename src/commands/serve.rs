//! `serve`: the web server; migrates first.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::Context;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use clap::Args;
use store::schema::Layout;
use store::{Address, Failure, Store, Tx};
use values::CoopId;
use web::Settings;

use crate::commands::Outcome;
use lumbung::app;

/// How long running requests may take to end when the server is stopped.
const GRACE: Duration = Duration::from_secs(10);

/// Where to listen, and with which certificate.
#[derive(Args)]
pub(crate) struct Serve {
    /// Address and port
    #[arg(long, default_value = "127.0.0.1:8080")]
    listen: SocketAddr,
    /// Certificate chain and private key (PEM), for https
    #[arg(long, num_args = 2, value_names = ["CERT", "KEY"])]
    tls: Option<Vec<PathBuf>>,
}

impl Serve {
    /// Runs it until the process is told to stop.
    pub(crate) async fn run(self, db: &str) -> anyhow::Result<Outcome> {
        let address: Address = db.parse()?;
        Store::migrate(&address, Layout::Plain).await?;
        let (address, store) = app::open(db).await?;
        let example = is_example(&store).await?;
        let secret = app::secret(&address)?;
        let settings = Settings { example, secure: self.tls.is_some(), secret };
        let service = app::router(app::shell(store, settings)).into_make_service();
        let handle = Handle::new();
        tokio::spawn(stop_on_signal(handle.clone()));
        let scheme = if self.tls.is_some() { "https" } else { "http" };
        println!("{scheme}://{}", self.listen);
        match self.tls.as_deref() {
            Some([certificate, key]) => {
                let tls = RustlsConfig::from_pem_file(certificate, key).await;
                let tls = tls.context("the certificate or its key cannot be read")?;
                axum_server::bind_rustls(self.listen, tls).handle(handle).serve(service).await?;
            }
            _ => axum_server::bind(self.listen).handle(handle).serve(service).await?,
        }
        Ok(Outcome::Done)
    }
}

/// An installation that holds examples alone stamps every page; where a real cooperative is served,
/// only the pages of those for practice are.
async fn is_example(store: &Store) -> anyhow::Result<bool> {
    let ask = async |tx: &mut Tx| -> Result<i64, Failure> {
        let sql = "select coalesce(min(example), 0) from cooperatives where kind = 'koperasi'";
        let (least,): (i64,) = tx.one(sql, &[]).await?;
        Ok(least)
    };
    Ok(store.read(CoopId::new(0), ask).await? == 1)
}

async fn stop_on_signal(handle: Handle<SocketAddr>) {
    let interrupted = tokio::signal::ctrl_c();
    let terminated = async {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut asked) => drop(asked.recv().await),
            Err(_) => std::future::pending().await,
        }
    };
    tokio::select! { _ = interrupted => {}, () = terminated => {} }
    handle.graceful_shutdown(Some(GRACE));
}
