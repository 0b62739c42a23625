//! A cooperative that has opened its books and does little: some members, a few entries.

use cash::CashAccount;
use store::Failure;
use values::Day;

use crate::desk::Desk;
use crate::people::{self, Purse};
use crate::staff::Staff;

/// Nine in the morning.
const MORNING: i64 = 9 * 3_600;
const GIVERS: [&str; 3] = ["Warga RW 03 (contoh)", "Pemerintah Kota (contoh)", "Donatur (contoh)"];

/// Moves in and does a few things on days that lie apart.
pub(crate) async fn live(
    desk: &mut Desk,
    staff: &Staff,
    first_day: Day,
    until: Day,
) -> Result<(), Failure> {
    desk.wake(first_day, MORNING);
    let (count, given) = (desk.dice.between(4, 9), 500_000 * desk.dice.between(0, 6));
    let (mut people, mut money) = people::move_in(desk, staff, count, given).await?;
    let safe = Purse { into: CashAccount::Safe, drawer: None };
    let mut day = first_day;
    for _ in 0..desk.dice.between(2, 7) {
        day = day.plus_days(i32::try_from(desk.dice.between(2, 14)).unwrap_or(7));
        if day >= until {
            break;
        }
        let later = desk.dice.between(0, 20_000);
        desk.wake(day, MORNING + later);
        match desk.dice.between(0, 9) {
            0..=4 => {
                let place = desk.dice.place(people.members.len());
                money.safe += people.pay(place, desk, staff, safe).await?;
            }
            5 | 6 if people.candidates.is_empty() => people.ask(desk, staff).await?,
            5..=7 if !people.candidates.is_empty() => {
                money.safe += people.step(0, desk, staff, safe).await?;
            }
            8 => money.bring_to_bank(desk, staff).await?,
            _ => {
                let amount = 250_000 * desk.dice.between(1, 8);
                let giver = *desk.dice.pick(&GIVERS);
                money.be_given(desk, staff, giver, amount).await?;
            }
        }
    }
    Ok(())
}
