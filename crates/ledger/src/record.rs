//! The writes of a posting: numbers, chain, lines, running totals. Nothing is refused here.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use store::{Failure, Fault, Head, Tx};
use values::{Ctx, Instant, Period, Rupiah};

use crate::chain::{Identity, hash_of, note_hash};
use crate::{Entry, Posted, Side, Unit, paper_number};

/// Where an entry finds its place: the last number of its series and the end of the chain.
pub(crate) struct Place {
    pub(crate) series: String,
    pub(crate) last_no: i64,
    pub(crate) head: Head,
}

/// Writes an entry that was judged: its row, its lines, its note, the running totals and the head.
pub(crate) async fn record(
    tx: &mut Tx,
    ctx: &Ctx,
    entry: &Entry,
    place: Place,
) -> Result<Posted, Failure> {
    let salt = salt_of(&tx.salt(), place.head.entry_no);
    let identity = Identity {
        coop: tx.coop(),
        entry_no: place.head.entry_no + 1,
        kind: entry.kind.to_owned(),
        posted_at: ctx.at.max(Instant::from_micros(place.head.posted_at)),
        series: place.series,
        series_no: place.last_no + 1,
        maker: ctx.person,
        request: ctx.request,
        content: tx.content_hash(),
        note_hash: entry.note.as_ref().map(|note| note_hash(&salt, note)),
        previous: place.head.chain_hash,
    };
    let hash = hash_of(&identity, entry);
    write_entry(tx, &identity, entry, &hash).await?;
    write_lines(tx, identity.entry_no, entry).await?;
    write_totals(tx, entry).await?;
    if let Some(note) = &entry.note {
        tx.run(
            "insert into notes (coop_id, entry_no, salt, note) values ($1, $2, $3, $4)",
            1,
            &[&identity.entry_no, &salt, &note],
        )
        .await?;
    }
    let posted_at = identity.posted_at.micros();
    let head = Head { entry_no: identity.entry_no, chain_hash: hash, posted_at };
    tx.advance_head(&head).await?;
    Ok(Posted {
        entry_no: identity.entry_no,
        number: paper_number(&identity.series, identity.series_no),
        hash: hex::encode(hash),
    })
}

fn salt_of(salt: &[u8; 16], entry_no: i64) -> Vec<u8> {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(entry_no.to_be_bytes());
    hash.finalize()[..16].to_vec()
}

async fn write_entry(
    tx: &mut Tx,
    identity: &Identity,
    entry: &Entry,
    hash: &[u8; 32],
) -> Result<(), Fault> {
    tx.run(
        "insert into series (coop_id, series, last_no) values ($1, $2, $3)
         on conflict (coop_id, series) do update set last_no = excluded.last_no",
        1,
        &[&identity.series, &identity.series_no],
    )
    .await?;
    tx.run(
        "insert into entries (coop_id, entry_no, period, day, value_day, posted_at, kind, series,
                series_no, maker_id, approver_id, request_id, content_hash, reverses, note_hash,
                previous_hash, hash)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
        1,
        &[
            &identity.entry_no,
            &Period::of(entry.day),
            &entry.day,
            &entry.value_day,
            &identity.posted_at,
            &identity.kind,
            &identity.series,
            &identity.series_no,
            &identity.maker,
            &entry.approver,
            &identity.request,
            &identity.content,
            &entry.reverses,
            &identity.note_hash,
            &identity.previous,
            hash,
        ],
    )
    .await?;
    for (place, evidence) in (1_i64..).zip(&entry.evidence) {
        tx.run(
            "insert into entry_evidence (coop_id, entry_no, evidence_no, hash)
             values ($1, $2, $3, $4)",
            1,
            &[&identity.entry_no, &place, evidence],
        )
        .await?;
    }
    Ok(())
}

async fn write_lines(tx: &mut Tx, entry_no: i64, entry: &Entry) -> Result<(), Fault> {
    for (line_no, line) in (1_i64..).zip(&entry.lines) {
        tx.run(
            "insert into lines (coop_id, entry_no, line_no, account, unit, side, amount)
             values ($1, $2, $3, $4, $5, $6, $7)",
            1,
            &[
                &entry_no,
                &line_no,
                &line.account,
                &line.unit.code(),
                &line.side.letter(),
                &line.amount,
            ],
        )
        .await?;
        for (detail_no, detail) in (1_i64..).zip(&line.details) {
            tx.run(
                "insert into details (coop_id, entry_no, line_no, detail_no, kind, subject, month,
                        amount)
                 values ($1, $2, $3, $4, $5, $6, $7, $8)",
                1,
                &[
                    &entry_no,
                    &line_no,
                    &detail_no,
                    &detail.kind,
                    &detail.subject,
                    &detail.month,
                    &detail.amount,
                ],
            )
            .await?;
        }
    }
    Ok(())
}

/// Debit and kredit of one running total.
#[derive(Default, Clone, Copy)]
struct Sides {
    debit: i64,
    credit: i64,
}

impl Sides {
    /// Sums of one entry's lines stay within 64 bits: `judge_balance` has added them up before.
    fn add(&mut self, side: Side, amount: Rupiah) {
        match side {
            Side::Debit => self.debit += amount.get(),
            Side::Credit => self.credit += amount.get(),
        }
    }
}

async fn write_totals(tx: &mut Tx, entry: &Entry) -> Result<(), Fault> {
    let mut movements: BTreeMap<(&str, Unit), Sides> = BTreeMap::new();
    let mut names: BTreeMap<(&str, &str, &str), Sides> = BTreeMap::new();
    for line in &entry.lines {
        movements.entry((&line.account, line.unit)).or_default().add(line.side, line.amount);
        for detail in &line.details {
            let key = (line.account.as_str(), detail.kind.as_str(), detail.subject.as_str());
            names.entry(key).or_default().add(line.side, detail.amount);
        }
    }
    let period = Period::of(entry.day);
    for ((account, unit), sides) in movements {
        tx.run(
            "insert into movements (coop_id, period, account, unit, debit, credit)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (coop_id, period, account, unit) do update
                set debit = movements.debit + excluded.debit,
                    credit = movements.credit + excluded.credit",
            1,
            &[&period, &account, &unit.code(), &sides.debit, &sides.credit],
        )
        .await?;
    }
    for ((account, kind, subject), sides) in names {
        tx.run(
            "insert into subledger (coop_id, account, kind, subject, debit, credit)
             values ($1, $2, $3, $4, $5, $6)
             on conflict (coop_id, account, kind, subject) do update
                set debit = subledger.debit + excluded.debit,
                    credit = subledger.credit + excluded.credit",
            1,
            &[&account, &kind, &subject, &sides.debit, &sides.credit],
        )
        .await?;
    }
    Ok(())
}
