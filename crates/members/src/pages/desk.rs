//! Where money at the desk goes: the drawer that one holds, the safe, the bank.

use access::SignedIn;
use cash::{CashAccount, drawer, held};
use store::{Failure, Tx};
use values::DocumentId;
use web::{Fields, Problem, Shell};

/// The form's field.
const INTO: &str = "into";

/// Where money can go when no drawer is held.
const WITHOUT_DRAWER: [CashAccount; 2] = [CashAccount::Safe, CashAccount::Bank];

/// A place that a form offers.
pub(super) struct Place {
    /// Account code, and the drawer where there is one.
    pub value: String,
    pub name: &'static str,
    /// The person's own drawer.
    pub own: bool,
}

/// The own open drawers first, then the safe and the bank.
pub(super) async fn places(shell: &Shell, who: &SignedIn) -> Result<Vec<Place>, Problem> {
    let person = who.person();
    let ask = async move |tx: &mut Tx| held::by(tx, person).await;
    let held = shell.store.read(who.coop(), ask).await?;
    let own = held.into_iter().filter(|drawer| !drawer.counted).map(|drawer| Place {
        value: format!("{} {}", drawer.account.code(), drawer.session_id),
        name: drawer.account.name(),
        own: true,
    });
    let others = WITHOUT_DRAWER.into_iter().map(|account| Place {
        value: account.code().to_owned(),
        name: account.name(),
        own: false,
    });
    Ok(own.chain(others).collect())
}

/// What was chosen. A drawer must be the person's own; whether it is still open says the event.
pub(super) async fn chosen(
    shell: &Shell,
    who: &SignedIn,
    form: &mut Fields,
) -> Result<(CashAccount, Option<DocumentId>), Problem> {
    let typed = form.value(INTO).to_owned();
    let (code, drawer) = typed
        .split_once(' ')
        .map_or((typed.as_str(), None), |(code, id)| (code, Some(DocumentId::parse(id))));
    let account = CashAccount::ALL.into_iter().find(|account| account.code() == code);
    match (account, drawer) {
        (Some(account), None) if WITHOUT_DRAWER.contains(&account) => return Ok((account, None)),
        (Some(account), Some(Ok(id))) if is_own(shell, who, id).await? => {
            return Ok((account, Some(id)));
        }
        _ => form.wrong(INTO, "Pilih ke mana uangnya masuk."),
    }
    Ok((CashAccount::Safe, None))
}

async fn is_own(shell: &Shell, who: &SignedIn, id: DocumentId) -> Result<bool, Problem> {
    let ask = async move |tx: &mut Tx| -> Result<_, Failure> {
        Ok(drawer::ask(tx, id).await?.maybe().await?)
    };
    let found = shell.store.read(who.coop(), ask).await?;
    Ok(found.is_some_and(|session| session.cashier == who.person()))
}
