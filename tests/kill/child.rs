//! The process that is killed: this test binary, called again.

use std::io::Write;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use store::{Address, Lanes, Store};
use values::{CoopId, RequestId};

use super::books::{CALLERS, Sent, Told, next, send};

/// Where the child finds its database; without it the child does nothing.
const ADDRESS: &str = "LUMBUNG_KILL_ADDRESS";
const NAME: &str = "kill::child::posts_until_it_dies";

/// No test: what the killed process does.
#[test]
fn posts_until_it_dies() {
    let Ok(address) = std::env::var(ADDRESS) else { return };
    let mut runtime = tokio::runtime::Builder::new_multi_thread();
    let runtime = runtime.worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        let address: Address = address.parse().unwrap();
        let store = Store::open(&address, Lanes::default()).await.unwrap();
        let callers = (0..CALLERS).map(|caller| tokio::spawn(post_for_ever(store.clone(), caller)));
        for caller in callers.collect::<Vec<_>>() {
            caller.await.unwrap();
        }
    });
}

async fn post_for_ever(store: Store, caller: i64) {
    loop {
        let sent = next(caller);
        say(&format!("> {} {} {}\n", sent.request.to_text(), sent.coop, sent.rupiah));
        let posted = send(&store, sent).await.unwrap().receipt;
        say(&format!("< {} {} {}\n", sent.request.to_text(), posted.entry_no, posted.hash));
    }
}

/// One write for a line, so that lines do not mix.
fn say(line: &str) {
    std::io::stdout().lock().write_all(line.as_bytes()).unwrap();
}

/// Starts the child, lets it work for a while, kills it; what it said it sent and was told.
pub(super) fn killed_after(address: &str, first_answers: u64, more: Duration) -> (Vec<Sent>, Told) {
    let mut tool = Command::new(std::env::current_exe().unwrap());
    tool.args([NAME, "--exact", "--nocapture"]).env(ADDRESS, address);
    let mut child = tool.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let output = child.stdout.take().unwrap();
    let (at_work, works) = std::sync::mpsc::channel();
    let reader = std::thread::spawn(move || read(output, first_answers, &at_work));
    works.recv_timeout(Duration::from_secs(30)).expect("the child begins to post");
    std::thread::sleep(more);
    kill(&mut child);
    reader.join().unwrap()
}

fn kill(child: &mut Child) {
    assert!(child.try_wait().unwrap().is_none(), "the child was still at work");
    // On Unix this is SIGKILL.
    child.kill().unwrap();
    child.wait().unwrap();
}

fn read(
    output: impl std::io::Read,
    first_answers: u64,
    at_work: &std::sync::mpsc::Sender<()>,
) -> (Vec<Sent>, Told) {
    use std::io::BufRead;
    let (mut sent, mut told, mut answers) = (Vec::new(), Told::new(), 0);
    let mut lines = std::io::BufReader::new(output);
    let mut line = String::new();
    // A line without an end was cut off by the kill: it was not said.
    while lines.read_line(&mut line).unwrap() > 0 && line.ends_with('\n') {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            [">", request, coop, rupiah] => sent.push(Sent {
                coop: CoopId::new(coop.parse().unwrap()),
                request: RequestId::parse(request).unwrap(),
                rupiah: rupiah.parse().unwrap(),
            }),
            ["<", request, entry_no, hash] => {
                let posted = (entry_no.parse().unwrap(), hash.to_owned());
                told.insert(RequestId::parse(request).unwrap(), posted);
                answers += 1;
                if answers == first_answers {
                    at_work.send(()).unwrap();
                }
            }
            // The words of the test harness.
            _ => {}
        }
        line.clear();
    }
    (sent, told)
}
