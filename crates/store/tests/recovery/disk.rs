//! SQLite: the disk is full, or only lets us read.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

use store::{Address, Failure, Fault, Lanes, Store, Tx};
use testkit::{Engine, TAMANSARI, on_sqlite, register};

use super::world::{count, count_up, counted, is_fault, lanes, order};

/// Pages that the file may still grow by.
const ROOM: u32 = 64;

fn path(engine: &Engine) -> &Path {
    match &engine.address {
        Address::Sqlite(path) => path,
        Address::Postgres(_) => panic!("a file is SQLite's"),
    }
}

#[test]
fn a_full_disk_is_named_nothing_is_half_written_and_room_helps_at_once() {
    on_sqlite(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        count(&engine.store).await.unwrap();
        let size = fs::metadata(path(&engine)).unwrap().len();
        let pages = u32::try_from(size / 4_096).unwrap() + ROOM;
        let tight = Lanes { sqlite_pages_max: Some(pages), ..lanes() };
        let store = Store::open(&engine.address, tight).await.unwrap();
        let mut running = Vec::new();
        for number in 0..100 {
            let store = store.clone();
            running.push(tokio::spawn(async move {
                let photo = vec![7_u8; if number % 10 == 9 { 1_000_000 } else { 10 }];
                let act = async move |tx: &mut Tx| -> Result<i64, Failure> {
                    let next = count_up(tx).await?;
                    keep_photo(tx, number, &photo).await?;
                    Ok(next)
                };
                (number, store.command(order(), act).await)
            }));
        }
        for one in running {
            let (number, answer) = one.await.unwrap();
            if number % 10 == 9 {
                let told = answer.unwrap_err();
                assert!(is_fault(&told, |fault| matches!(fault, Fault::DiskFull)), "{told:?}");
            } else {
                answer.unwrap();
            }
        }
        assert_eq!((counted(&store).await, photos(&store).await), (91, 90));
        fill(&store).await;
        let told = last_straw(&store).await.unwrap_err();
        assert!(is_fault(&told, |fault| matches!(fault, Fault::DiskFull)), "{told:?}");
        let throw_away = async |tx: &mut Tx| -> Result<u64, Failure> {
            Ok(tx.run_any("delete from evidence where coop_id = $1", &[]).await?)
        };
        assert!(store.write(TAMANSARI, throw_away).await.unwrap() > 90);
        last_straw(&store).await.unwrap();
        count(&store).await.unwrap();
        assert_eq!(photos(&store).await, 1);
        let sound = rusqlite_says(path(&engine), "pragma integrity_check");
        assert_eq!(sound, "ok");
    });
}

async fn keep_photo(tx: &mut Tx, number: i64, photo: &Vec<u8>) -> Result<(), Failure> {
    let mut hash = [0_u8; 32];
    hash[..8].copy_from_slice(&number.to_be_bytes());
    let insert = "insert into evidence (coop_id, hash, media_type, content, stored_at)
                  values ($1, $2, 'image/webp', $3, 0)";
    Ok(tx.run(insert, 1, &[&hash, photo]).await?)
}

/// Fills what is left, in ever smaller pieces.
async fn fill(store: &Store) {
    let mut number = 1_000;
    for size in [40_000_usize, 4_000, 400] {
        loop {
            number += 1;
            let act = async move |tx: &mut Tx| keep_photo(tx, number, &vec![1; size]).await;
            match store.write(TAMANSARI, act).await {
                Ok(()) => {}
                Err(Failure::Fault(Fault::DiskFull)) => break,
                Err(other) => panic!("{other:?}"),
            }
        }
    }
}

async fn last_straw(store: &Store) -> Result<(), Failure> {
    store.write(TAMANSARI, async |tx: &mut Tx| keep_photo(tx, 9, &vec![1; 20_000]).await).await
}

async fn photos(store: &Store) -> i64 {
    let ask = async |tx: &mut Tx| -> Result<i64, Failure> {
        let (count,): (i64,) =
            tx.one("select count(*) from evidence where coop_id = $1", &[]).await?;
        Ok(count)
    };
    store.read(TAMANSARI, ask).await.unwrap()
}

fn rusqlite_says(path: &Path, question: &str) -> String {
    let file = rusqlite::Connection::open(path).unwrap();
    file.query_row(question, [], |row| row.get(0)).unwrap()
}

/// Root may write every file, so this test then runs again without that right.
#[test]
fn a_file_that_may_only_be_read_is_named_and_recovers() {
    if !is_held_by_permissions() {
        let test = "recovery::disk::a_file_that_may_only_be_read_is_named_and_recovers";
        let mut tool = Command::new("setpriv");
        tool.args(["--inh-caps=-all", "--bounding-set=-dac_override,-dac_read_search"]);
        tool.arg(std::env::current_exe().unwrap()).args([test, "--exact", "--nocapture"]);
        let told = tool.output().unwrap();
        let said = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(told.status.success() && said.contains("1 passed"), "{told:?}");
        return;
    }
    on_sqlite(async |engine| {
        register(&engine.store, TAMANSARI).await.unwrap();
        count(&engine.store).await.unwrap();
        let file = path(&engine);
        fs::set_permissions(file, fs::Permissions::from_mode(0o444)).unwrap();
        let store = Store::open(&engine.address, lanes()).await.unwrap();
        let refused = order();
        let told = store.command(refused.clone(), count_up).await.unwrap_err();
        assert!(is_fault(&told, |fault| matches!(fault, Fault::ReadOnly)), "{told:?}");
        assert_eq!(counted(&store).await, 1);
        fs::set_permissions(file, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(store.command(refused, count_up).await.unwrap().receipt, 2);
        assert_eq!(counted(&store).await, 2);
    });
}

fn is_held_by_permissions() -> bool {
    let folder = tempfile::TempDir::new().unwrap();
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).unwrap();
    fs::OpenOptions::new().write(true).open(&file).is_err()
}

#[test]
fn a_file_that_went_away_is_never_replaced_by_an_empty_one() {
    on_sqlite(async |engine| {
        let nowhere = Address::Sqlite(engine.folder().join("none.db"));
        let told = Store::open(&nowhere, lanes()).await.err().unwrap();
        assert!(matches!(told, Fault::Lost(_)), "{told:?}");
        assert!(!engine.folder().join("none.db").exists());
    });
}
