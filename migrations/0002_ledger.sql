-- Why: the journal is the truth. An entry is lines, a line on a control account is details, and every
-- other figure here (movements, subledger) is a running total that can be recounted from them. Lines
-- and details are only ever added. The chain and the seals make a later change visible.
-- append-only: entries, lines, details, entry_evidence, seals, closings

create table books (
    coop_id bigint not null,
    first_day text not null,
    closed_through text not null,
    constraint books_pk primary key (coop_id)
);

create table closings (
    coop_id bigint not null,
    closing_no bigint not null,
    closed_through text not null,
    person_id text not null,
    at bigint not null,
    reason text not null,
    constraint closings_pk primary key (coop_id, closing_no)
);

create table closed_accounts (
    coop_id bigint not null,
    account text not null,
    closed_from text not null,
    constraint closed_accounts_pk primary key (coop_id, account)
);

create table series (
    coop_id bigint not null,
    series text not null,
    last_no bigint not null,
    constraint series_pk primary key (coop_id, series)
);

create table entries (
    coop_id bigint not null,
    entry_no bigint not null,
    period text not null,
    day text not null,
    value_day text not null,
    posted_at bigint not null,
    kind text not null,
    series text not null,
    series_no bigint not null,
    maker_id text not null,
    approver_id text,
    request_id text not null,
    content_hash bytea not null,
    reverses bigint,
    note_hash bytea,
    previous_hash bytea not null,
    hash bytea not null,
    constraint entries_pk primary key (coop_id, entry_no),
    constraint entries_number unique (coop_id, series, series_no),
    constraint entries_reversed_once unique (coop_id, reverses)
);
create index entries_by_day on entries (coop_id, day);

-- The words beside an entry stand outside the chain, which keeps their salted hash: so they can be
-- erased where personal data must go, and the chain still holds.
create table notes (
    coop_id bigint not null,
    entry_no bigint not null,
    salt bytea not null,
    note text not null,
    constraint notes_pk primary key (coop_id, entry_no)
);

create table lines (
    coop_id bigint not null,
    entry_no bigint not null,
    line_no bigint not null,
    account text not null,
    unit text not null,
    side text not null,
    amount bigint not null,
    constraint lines_pk primary key (coop_id, entry_no, line_no),
    constraint lines_side check (side in ('D', 'K')),
    constraint lines_amount check (amount > 0)
);
create index lines_by_account on lines (coop_id, account, entry_no);

create table details (
    coop_id bigint not null,
    entry_no bigint not null,
    line_no bigint not null,
    detail_no bigint not null,
    kind text not null,
    subject text not null,
    month text,
    amount bigint not null,
    constraint details_pk primary key (coop_id, entry_no, line_no, detail_no),
    constraint details_amount check (amount > 0)
);
create index details_by_subject on details (coop_id, kind, subject);

create table movements (
    coop_id bigint not null,
    period text not null,
    account text not null,
    unit text not null,
    debit bigint not null,
    credit bigint not null,
    constraint movements_pk primary key (coop_id, period, account, unit)
);
create index movements_by_account on movements (coop_id, account);

create table subledger (
    coop_id bigint not null,
    account text not null,
    kind text not null,
    subject text not null,
    debit bigint not null,
    credit bigint not null,
    constraint subledger_pk primary key (coop_id, account, kind, subject)
);

create table evidence (
    coop_id bigint not null,
    hash bytea not null,
    media_type text not null,
    content bytea not null,
    stored_at bigint not null,
    constraint evidence_pk primary key (coop_id, hash)
);

create table entry_evidence (
    coop_id bigint not null,
    entry_no bigint not null,
    evidence_no bigint not null,
    hash bytea not null,
    constraint entry_evidence_pk primary key (coop_id, entry_no, evidence_no)
);

create table seals (
    coop_id bigint not null,
    seal_no bigint not null,
    day text not null,
    first_entry bigint not null,
    last_entry bigint not null,
    head_hash bytea not null,
    merkle_root bytea not null,
    sealed_at bigint not null,
    constraint seals_pk primary key (coop_id, seal_no)
);
