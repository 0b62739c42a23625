-- Why: a member is one person in one cooperative, from the application on, also after leaving and
-- coming back; a membership is the time under one number, and a number is never given twice. What
-- identifies a citizen stands apart: the NIK is kept encrypted, with a keyed hash that finds it
-- again and its last four digits; it can be erased without touching the member. Money stands in the
-- journal alone, with the member's id as the name behind it; only what a candidate has paid towards
-- the simpanan pokok is kept here too, since account 21207 holds other advances of the same person.

create table members (
    coop_id bigint not null,
    member_id text not null,
    state text not null,
    number bigint,
    name text not null,
    surname text,
    nickname text,
    phone text,
    rt bigint,
    rw bigint,
    address text,
    sex text not null,
    search text not null,
    applied_day text not null,
    applied_by text not null,
    pokok_held bigint not null,
    approved_at bigint,
    approved_by text,
    decision text,
    constraint members_pk primary key (coop_id, member_id),
    constraint members_state check (state in ('candidate', 'member', 'former')),
    constraint members_sex check (sex in ('L', 'P')),
    constraint members_pokok_held check (pokok_held >= 0),
    constraint members_approved check ((approved_at is null) = (approved_by is null))
);

create table memberships (
    coop_id bigint not null,
    number bigint not null,
    member_id text not null,
    admitted_day text not null,
    admitted_at bigint not null,
    admitted_by text not null,
    ended_day text,
    constraint memberships_pk primary key (coop_id, number)
);
create index memberships_by_member on memberships (coop_id, member_id);

create table member_niks (
    coop_id bigint not null,
    member_id text not null,
    nik_cipher bytea not null,
    nik_hmac bytea not null,
    last4 text not null,
    constraint member_niks_pk primary key (coop_id, member_id),
    constraint member_niks_once unique (coop_id, nik_hmac)
);
