-- Why: every table of the house belongs to a cooperative or to nobody in particular. The registry
-- says which cooperatives there are; it is read before anybody is signed in, so it is a reference.
-- The head row is a cooperative's end of chain: each command locks it first, so two servers on one
-- database cannot fork a chain. The commands table makes a repeated request harmless and is the audit
-- of writes at once; its rows are kept for ever.
-- reference: kelurahan, cooperatives
-- append-only: commands

create table kelurahan (
    code text not null,
    name text not null,
    kecamatan_code text not null,
    kecamatan text not null,
    postcode text,
    latitude_micro bigint,
    longitude_micro bigint,
    constraint kelurahan_pk primary key (code)
);

create table cooperatives (
    coop_id bigint not null,
    kind text not null,
    kelurahan_code text,
    name text not null,
    short_code text not null,
    registered_at bigint not null,
    example bigint not null,
    constraint cooperatives_pk primary key (coop_id),
    constraint cooperatives_short_code unique (short_code),
    constraint cooperatives_kind check (kind in ('koperasi', 'dinas')),
    constraint cooperatives_example check (example in (0, 1)),
    constraint cooperatives_kelurahan foreign key (kelurahan_code) references kelurahan (code)
);

create table coop_heads (
    coop_id bigint not null,
    attempts bigint not null,
    entry_no bigint not null,
    chain_hash bytea not null,
    posted_at bigint not null,
    constraint coop_heads_pk primary key (coop_id)
);

create table commands (
    coop_id bigint not null,
    request_id text not null,
    kind text not null,
    person_id text not null,
    at bigint not null,
    content_hash bytea not null,
    receipt text not null,
    constraint commands_pk primary key (coop_id, request_id)
);
