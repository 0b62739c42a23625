//! The chain: each entry's hash covers the entry before it.
//!
//! Canonical bytes of an entry are its fields in a fixed order, each with its length in front, so no
//! two different entries share them. No name, NIK or free text stands in them, only ids and the
//! salted hash of the note: what must be erased can be erased and the chain still holds.

use sha2::{Digest, Sha256};
use values::{CoopId, Instant, PersonId, RequestId};

use crate::{Entry, Line};

/// Version of the canonical form; a new form gets a new number, old entries keep theirs.
const FORM: u8 = 1;

/// What identifies an entry beside what its event wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Whose books.
    pub coop: CoopId,
    /// Its number.
    pub entry_no: i64,
    /// The event it came from.
    pub kind: String,
    /// When it was posted.
    pub posted_at: Instant,
    /// Series and number of its paper.
    pub series: String,
    /// The running number in the series.
    pub series_no: i64,
    /// Who made it.
    pub maker: PersonId,
    /// The request it came from.
    pub request: RequestId,
    /// Hash of the request's content.
    pub content: [u8; 32],
    /// Salted hash of the note.
    pub note_hash: Option<[u8; 32]>,
    /// Hash of the entry before.
    pub previous: [u8; 32],
}

/// SHA-256 over the canonical bytes.
#[must_use]
pub fn hash_of(identity: &Identity, entry: &Entry) -> [u8; 32] {
    let mut bytes = Canonical(Sha256::new());
    bytes.0.update([FORM]);
    bytes.put(&identity.previous);
    bytes.number(identity.coop.get());
    bytes.number(identity.entry_no);
    bytes.text(&entry.day.to_iso());
    bytes.text(&entry.value_day.to_iso());
    bytes.number(identity.posted_at.micros());
    bytes.text(&identity.kind);
    bytes.text(&identity.series);
    bytes.number(identity.series_no);
    bytes.text(&identity.maker.to_text());
    bytes.text(&entry.approver.map(|person| person.to_text()).unwrap_or_default());
    bytes.text(&identity.request.to_text());
    bytes.put(&identity.content);
    bytes.number(entry.reverses.unwrap_or(0));
    bytes.put(identity.note_hash.as_ref().map_or(&[][..], |hash| &hash[..]));
    bytes.count(entry.lines.len());
    entry.lines.iter().for_each(|line| put_line(&mut bytes, line));
    bytes.count(entry.evidence.len());
    entry.evidence.iter().for_each(|hash| bytes.put(hash));
    bytes.0.finalize().into()
}

fn put_line(bytes: &mut Canonical, line: &Line) {
    bytes.text(&line.account);
    bytes.text(line.unit.code());
    bytes.text(line.side.letter());
    bytes.number(line.amount.get());
    bytes.count(line.details.len());
    for detail in &line.details {
        bytes.text(&detail.kind);
        bytes.text(&detail.subject);
        bytes.text(&detail.month.map(|month| month.to_iso()).unwrap_or_default());
        bytes.number(detail.amount.get());
    }
}

/// Salted hash of a note.
#[must_use]
pub fn note_hash(salt: &[u8], note: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(salt);
    hash.update(note.as_bytes());
    hash.finalize().into()
}

struct Canonical(Sha256);

impl Canonical {
    fn put(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        self.put(text.as_bytes());
    }

    fn number(&mut self, number: i64) {
        self.0.update(number.to_be_bytes());
    }

    fn count(&mut self, count: usize) {
        self.0.update(u64::try_from(count).unwrap_or(u64::MAX).to_be_bytes());
    }
}
