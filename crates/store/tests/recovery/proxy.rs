//! A line to PostgreSQL that can be cut at a moment of the test's choosing.

use std::sync::Arc;
use std::sync::atomic::{AtomicU8, AtomicUsize, Ordering};

use store::Address;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpStream};

/// The message by which a lane commits: its kind, its length, its text.
const COMMIT: &[u8] = b"Q\0\0\0\x0bcommit\0";

/// What happens to the next commit; each cut happens once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Cut {
    /// It passes.
    None = 0,
    /// It reaches the server, its answer reaches nobody.
    AfterCommit = 1,
    /// It does not even reach the server.
    BeforeCommit = 2,
    /// Nobody gets through any more.
    Gone = 3,
}

/// The proxy: clones steer the same line.
#[derive(Clone, Default)]
pub(crate) struct Proxy {
    next: Arc<AtomicU8>,
    cuts: Arc<AtomicUsize>,
}

impl Proxy {
    /// Stands before the server of `url`; answers with the address of the proxy itself.
    pub(crate) async fn before(url: &str) -> (Proxy, Address) {
        let host = url.split('@').nth(1).unwrap().split('/').next().unwrap().to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let here = listener.local_addr().unwrap().to_string();
        let address = Address::Postgres(url.replacen(&host, &here, 1));
        let proxy = Proxy::default();
        let serving = proxy.clone();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                if serving.is(Cut::Gone) {
                    continue;
                }
                let server = TcpStream::connect(&host).await.unwrap();
                serving.carry(client, server);
            }
        });
        (proxy, address)
    }

    pub(crate) fn cut(&self, cut: Cut) {
        self.next.store(cut as u8, Ordering::SeqCst);
    }

    pub(crate) fn cuts(&self) -> usize {
        self.cuts.load(Ordering::SeqCst)
    }

    fn is(&self, cut: Cut) -> bool {
        self.next.load(Ordering::SeqCst) == cut as u8
    }

    /// Takes the next cut, if it is this one.
    fn takes(&self, cut: Cut) -> bool {
        let (cut, none) = (cut as u8, Cut::None as u8);
        let took = self.next.compare_exchange(cut, none, Ordering::SeqCst, Ordering::SeqCst);
        self.cuts.fetch_add(usize::from(took.is_ok()), Ordering::SeqCst);
        took.is_ok()
    }

    fn carry(&self, client: TcpStream, server: TcpStream) {
        client.set_nodelay(true).unwrap();
        server.set_nodelay(true).unwrap();
        let (from_client, to_client) = client.into_split();
        let (from_server, to_server) = server.into_split();
        let back = tokio::spawn(answers(from_server, to_client, self.clone()));
        let proxy = self.clone();
        tokio::spawn(async move {
            proxy.messages(from_client, to_server).await;
            back.abort();
        });
    }

    async fn messages(&self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf) {
        let mut bytes = vec![0; 1 << 16];
        loop {
            let Ok(read @ 1..) = from.read(&mut bytes).await else { return };
            let commits = bytes[..read].windows(COMMIT.len()).any(|window| window == COMMIT);
            if self.is(Cut::Gone) || (commits && self.takes(Cut::BeforeCommit)) {
                return;
            }
            let cut = commits && self.takes(Cut::AfterCommit);
            if to.write_all(&bytes[..read]).await.is_err() || cut {
                return;
            }
        }
    }
}

async fn answers(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, proxy: Proxy) {
    let mut bytes = vec![0; 1 << 16];
    loop {
        let Ok(read @ 1..) = from.read(&mut bytes).await else { return };
        if proxy.is(Cut::Gone) || to.write_all(&bytes[..read]).await.is_err() {
            return;
        }
    }
}
