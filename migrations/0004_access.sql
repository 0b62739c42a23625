-- Why: a person signs in, a seat says as what and where. Persons, seats and sign-ins belong to no
-- cooperative, since one person may serve in several and must be found before the cooperative is
-- known. What a session, code or key is known by stands here only as a hash. Looks at personal data
-- belong to the cooperative whose members were looked at, and are never erased.
-- reference: persons, seats, passwords, sign_in_failures, one_time_codes, second_factors
-- reference: printed_codes, sessions, api_keys
-- append-only: looks

create table persons (
    person_id text not null,
    name text not null,
    sign_in_name text,
    language text not null,
    created_at bigint not null,
    constraint persons_pk primary key (person_id),
    constraint persons_sign_in_name unique (sign_in_name)
);

create table seats (
    seat_id text not null,
    person_id text not null,
    coop_id bigint not null,
    role text not null,
    place text not null,
    from_day text not null,
    through_day text,
    granted_by text not null,
    granted_at bigint not null,
    letter_hash bytea,
    delegated_from text,
    constraint seats_pk primary key (seat_id),
    constraint seats_person foreign key (person_id) references persons (person_id)
);
create index seats_by_person on seats (person_id);
create index seats_by_coop on seats (coop_id);

create table passwords (
    person_id text not null,
    hash text not null,
    changed_at bigint not null,
    constraint passwords_pk primary key (person_id),
    constraint passwords_person foreign key (person_id) references persons (person_id)
);

create table sign_in_failures (
    name_hash bytea not null,
    failures bigint not null,
    locked_until bigint not null,
    constraint sign_in_failures_pk primary key (name_hash)
);

create table one_time_codes (
    code_hash bytea not null,
    person_id text not null,
    issued_by text not null,
    confirmed_by text,
    issued_at bigint not null,
    expires_at bigint not null,
    used_at bigint,
    constraint one_time_codes_pk primary key (code_hash),
    constraint one_time_codes_person foreign key (person_id) references persons (person_id)
);

create table second_factors (
    person_id text not null,
    secret_cipher bytea not null,
    enrolled_at bigint not null,
    last_step bigint not null,
    constraint second_factors_pk primary key (person_id),
    constraint second_factors_person foreign key (person_id) references persons (person_id)
);

create table printed_codes (
    person_id text not null,
    code_hash bytea not null,
    printed_at bigint not null,
    used_at bigint,
    constraint printed_codes_pk primary key (person_id, code_hash),
    constraint printed_codes_person foreign key (person_id) references persons (person_id)
);

create table sessions (
    session_hash bytea not null,
    person_id text not null,
    coop_id bigint not null,
    opened_at bigint not null,
    seen_at bigint not null,
    expires_at bigint not null,
    ended_at bigint,
    second_factor_at bigint,
    device text not null,
    constraint sessions_pk primary key (session_hash),
    constraint sessions_person foreign key (person_id) references persons (person_id)
);
create index sessions_by_person on sessions (person_id);

create table api_keys (
    key_hash bytea not null,
    person_id text not null,
    coop_id bigint not null,
    name text not null,
    created_at bigint not null,
    ended_at bigint,
    constraint api_keys_pk primary key (key_hash),
    constraint api_keys_person foreign key (person_id) references persons (person_id)
);

create table looks (
    coop_id bigint not null,
    look_id text not null,
    person_id text not null,
    subject text not null,
    what text not null,
    at bigint not null,
    constraint looks_pk primary key (coop_id, look_id)
);
create index looks_by_subject on looks (coop_id, subject);
