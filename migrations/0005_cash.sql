-- Why: cash moves between two people, so each hand-over is a row with two ends: what was sent
-- stands in account 11108 until somebody else confirms the same amount. A drawer session says who
-- holds which drawer since when; its expected amount runs along with every event that touches the
-- drawer, so that a blind count can be compared at once. Counts and their piles are only ever
-- added.
-- append-only: drawer_counts, drawer_piles

create table transfers (
    coop_id bigint not null,
    transfer_id text not null,
    from_account text not null,
    to_account text not null,
    amount bigint not null,
    sent_day text not null,
    sent_at bigint not null,
    sender_id text not null,
    sent_entry bigint not null,
    settled_at bigint,
    settled_by text,
    settled_entry bigint,
    arrived bigint,
    constraint transfers_pk primary key (coop_id, transfer_id),
    constraint transfers_amount check (amount > 0),
    constraint transfers_settled check ((settled_at is null) = (arrived is null))
);

create table drawer_sessions (
    coop_id bigint not null,
    session_id text not null,
    session_no bigint not null,
    account text not null,
    cashier_id text not null,
    device text not null,
    day text not null,
    opened_at bigint not null,
    opening_amount bigint not null,
    expected_amount bigint not null,
    counted_amount bigint,
    difference_amount bigint,
    settled_amount bigint not null,
    charged_amount bigint not null,
    deposit_amount bigint,
    closed_at bigint,
    closed_by text,
    constraint drawer_sessions_pk primary key (coop_id, session_id),
    constraint drawer_sessions_no unique (coop_id, session_no),
    constraint drawer_sessions_closed check ((closed_at is null) = (deposit_amount is null))
);
create unique index drawer_sessions_cashier on drawer_sessions (coop_id, account, cashier_id)
    where closed_at is null;
create unique index drawer_sessions_device on drawer_sessions (coop_id, account, device)
    where closed_at is null;

create table drawer_counts (
    coop_id bigint not null,
    session_id text not null,
    count_no bigint not null,
    person_id text not null,
    at bigint not null,
    counted_amount bigint not null,
    expected_amount bigint not null,
    constraint drawer_counts_pk primary key (coop_id, session_id, count_no)
);

create table drawer_piles (
    coop_id bigint not null,
    session_id text not null,
    count_no bigint not null,
    denomination bigint not null,
    pieces bigint not null,
    constraint drawer_piles_pk primary key (coop_id, session_id, count_no, denomination),
    constraint drawer_piles_pieces check (pieces > 0)
);
