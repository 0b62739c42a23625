//! `program`: how long until the server answers, what it holds when idle, how large the binary is.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use store::bare::Scratch;
use store::{Address, Lanes, Store};

use super::Run;
use super::figure::{Figure, Promise};
use super::workload::found;

pub(super) const NAME: &str = "program";

/// How often it is started; the median counts.
const STARTS: usize = 5;
const START_LIMIT: Duration = Duration::from_secs(30);

pub(super) async fn measure(run: &mut Run) -> anyhow::Result<()> {
    let scratch = Scratch::on_sqlite(&run.folder, "program").await?;
    found(&Store::open(scratch.address(), Lanes::default()).await?).await?;
    let (mut starts, mut memory) = (Vec::new(), Vec::new());
    for _ in 0..STARTS {
        let (server, time) = Server::start(scratch.address())?;
        starts.push(u64::try_from(time.as_millis())?);
        memory.push(server.resident_kib()?);
    }
    let size = std::fs::metadata(std::env::current_exe()?)?.len() / 1_024;
    scratch.remove().await?;
    let rows = [
        ("start until the first answer", median(starts), "ms", 200),
        ("idle memory", median(memory), "KiB", 64 * 1_024),
        ("size of the binary", size, "KiB", 80 * 1_024),
    ];
    for (name, value, unit, most) in rows {
        let (name, unit, promise) = (name.to_owned(), unit.to_owned(), Promise::AtMost(most));
        run.table.add(Figure { name, value, unit, reference: None, promise });
    }
    Ok(())
}

fn median(mut figures: Vec<u64>) -> u64 {
    figures.sort_unstable();
    figures[figures.len() / 2]
}

/// The binary as a server; it ends when this goes.
struct Server(Child);

impl Server {
    fn start(address: &Address) -> anyhow::Result<(Server, Duration)> {
        let Address::Sqlite(path) = address else { anyhow::bail!("an SQLite file is served") };
        let listen = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let started = Instant::now();
        let mut tool = Command::new(std::env::current_exe()?);
        tool.arg("--db").arg(format!("sqlite:{}", path.display()));
        tool.args(["serve", "--listen", &listen.to_string()]).stdout(Stdio::null());
        let server = Server(tool.spawn()?);
        while !answers(listen) {
            anyhow::ensure!(started.elapsed() < START_LIMIT, "the server does not answer");
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok((server, started.elapsed()))
    }

    fn resident_kib(&self) -> anyhow::Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.0.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let figure = line.and_then(|line| line.split_whitespace().next());
        Ok(figure.unwrap_or_default().parse()?)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A server that has ended already needs no end.
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn answers(listen: SocketAddr) -> bool {
    let ask = || -> std::io::Result<bool> {
        let mut line = TcpStream::connect(listen)?;
        line.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
        let mut answer = String::new();
        line.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 "))
    };
    ask().unwrap_or(false)
}
