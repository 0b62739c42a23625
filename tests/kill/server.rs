//! The server of PostgreSQL is killed under callers that live on.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use store::{Failure, Fault, Store};
use testkit::on_postgres;

use super::books::{
    CALLERS, Sent, Told, assert_all_stands, next, open_books, rounds, send, send_again,
};

/// Set for this test binary when it runs beside a server of its own.
const PRIVATE: &str = "LUMBUNG_KILL_PRIVATE";
const NAME: &str = "kill::server::a_kill_of_the_server_loses_nothing";
/// The kill comes at most so late.
const LATEST_MILLIS: u64 = 250;
/// How long a caller waits after it was told of a loss.
const AGAIN_AFTER: Duration = Duration::from_millis(50);
/// How long a killed server may take to be there again.
const START_LIMIT: Duration = Duration::from_secs(60);

/// Runs beside a server of its own, since other tests use the common one.
#[test]
fn a_kill_of_the_server_loses_nothing() {
    if std::env::var_os(PRIVATE).is_some() {
        return on_postgres(async |engine| kill_rounds(&engine.store).await);
    }
    if std::env::var_os("LUMBUNG_TEST_POSTGRES").is_none() {
        eprintln!("LUMBUNG_TEST_POSTGRES is not set: PostgreSQL not tested");
        return;
    }
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("scripts/with-postgres");
    let mut tool = Command::new(script);
    tool.arg(std::env::current_exe().unwrap()).args([NAME, "--exact", "--nocapture"]);
    assert!(tool.env(PRIVATE, "1").status().unwrap().success());
}

/// What callers sent and what they were told, while servers come and go.
#[derive(Default)]
struct Seen {
    sent: BTreeSet<Sent>,
    told: Told,
    lost: usize,
}

async fn kill_rounds(store: &Store) {
    open_books(store).await;
    let server = Server::of_this_test();
    let (mut all_sent, mut all_told) = (BTreeSet::new(), Told::new());
    let (mut answered, mut lost) = (0, 0);
    let rounds = rounds();
    for _ in 0..rounds {
        let (seen, stop) =
            (Arc::new(Mutex::new(Seen::default())), Arc::new(AtomicBool::new(false)));
        let callers: Vec<_> = (0..CALLERS)
            .map(|caller| {
                let (seen, stop) = (Arc::clone(&seen), Arc::clone(&stop));
                tokio::spawn(post_until(store.clone(), caller, seen, stop))
            })
            .collect();
        let wait = rand::random_range(20..=LATEST_MILLIS);
        tokio::time::sleep(Duration::from_millis(wait)).await;
        let restarting = server.clone();
        tokio::task::spawn_blocking(move || restarting.kill_and_start()).await.unwrap();
        stop.store(true, Ordering::SeqCst);
        for caller in callers {
            caller.await.unwrap();
        }
        let seen = std::mem::take(&mut *seen.lock().unwrap());
        answered += seen.told.len();
        lost += seen.lost;
        all_sent.extend(&seen.sent);
        all_told.extend(seen.told);
        send_again(store, seen.sent.iter().copied(), &mut all_told).await;
        assert_all_stands(store, &all_sent, &all_told).await;
    }
    assert!(answered > 0);
    let sent = all_sent.len();
    println!("server: {rounds} kills, {sent} sent, {answered} answered, {lost} told of the loss");
}

/// A caller that is told of a lost line sends the same message again, as a device does.
async fn post_until(store: Store, caller: i64, seen: Arc<Mutex<Seen>>, stop: Arc<AtomicBool>) {
    let mut sent = next(caller);
    while !stop.load(Ordering::SeqCst) {
        seen.lock().unwrap().sent.insert(sent);
        match send(&store, sent).await {
            Ok(answer) => {
                let posted = (answer.receipt.entry_no, answer.receipt.hash);
                seen.lock().unwrap().told.insert(sent.request, posted);
                sent = next(caller);
            }
            Err(Failure::Fault(Fault::Lost(_) | Fault::Busy)) => {
                seen.lock().unwrap().lost += 1;
                tokio::time::sleep(AGAIN_AFTER).await;
            }
            Err(other) => panic!("{other:?}"),
        }
    }
}

/// The private server: its data and its programs.
#[derive(Clone)]
struct Server {
    data: PathBuf,
    programs: PathBuf,
}

impl Server {
    fn of_this_test() -> Server {
        let data = std::env::var_os("LUMBUNG_TEST_POSTGRES_DATA").expect("a server of its own");
        let programs = std::env::var_os("LUMBUNG_POSTGRES_BIN");
        let programs = programs.unwrap_or_else(|| "/usr/lib/postgresql/15/bin".into());
        Server { data: data.into(), programs: programs.into() }
    }

    /// Kills the postmaster; its children see that and die by themselves.
    fn kill_and_start(&self) {
        let pid = std::fs::read_to_string(self.data.join("postmaster.pid")).unwrap();
        let pid = pid.lines().next().unwrap().to_owned();
        assert!(Command::new("kill").args(["-9", &pid]).status().unwrap().success());
        let begun = Instant::now();
        // Until the last child is gone the new server refuses to start.
        while !self.start() {
            assert!(begun.elapsed() < START_LIMIT, "the server does not start again");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    fn start(&self) -> bool {
        let log = self.data.with_file_name("server.log");
        let mut tool = Command::new("runuser");
        tool.args(["-u", "postgres", "--"]).arg(self.programs.join("pg_ctl"));
        if !is_root() {
            tool = Command::new(self.programs.join("pg_ctl"));
        }
        tool.args(["start", "-w", "-t", "60", "-D"]).arg(&self.data).arg("-l").arg(log);
        tool.current_dir("/").output().unwrap().status.success()
    }
}

/// PostgreSQL refuses to run as root, so `scripts/with-postgres` runs it as another user.
fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0)
}
