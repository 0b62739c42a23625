-- Why: what a cooperative is, beside its books. Its profile and its own parameters have days and stay
-- readable as they were; what the city or the state sets is the same for all and therefore a
-- reference. A decision of people stands in a register, so that any event can cite it. What waits for
-- somebody is a task; what waits for a second person is an approval, bound to the bytes that were
-- asked for and used once. A parameter in use is ended by the last day it holds, never changed.
-- reference: national_parameters, holidays
-- append-only: profiles, decisions

-- A real cooperative stands alone in its kelurahan; practice and demonstration are not counted.
create unique index cooperatives_one_kelurahan on cooperatives (kelurahan_code)
    where kind = 'koperasi' and example = 0;

create table profiles (
    coop_id bigint not null,
    version bigint not null,
    legal_number text,
    nomor_induk_koperasi text,
    npwp text,
    nib text,
    akta_day text,
    address text,
    opening_hours text,
    phone text,
    recorded_at bigint not null,
    recorded_by text not null,
    constraint profiles_pk primary key (coop_id, version)
);

create table national_parameters (
    row_id text not null,
    scope text not null,
    area text not null,
    name text not null,
    key text not null,
    value bigint not null,
    unit text not null,
    valid_from text not null,
    valid_through text,
    precision text not null,
    kind text not null,
    source text not null,
    remark text not null,
    recorded_at bigint not null,
    constraint national_parameters_pk primary key (row_id),
    constraint national_parameters_scope check (scope in ('national', 'city')),
    constraint national_parameters_precision check (precision in ('day', 'month', 'unknown')),
    constraint national_parameters_kind check (kind in ('block', 'warn', 'set'))
);
create index national_parameters_by_name on national_parameters (name, key);

create table coop_parameters (
    coop_id bigint not null,
    row_id text not null,
    name text not null,
    key text not null,
    value bigint not null,
    unit text not null,
    valid_from text not null,
    valid_through text,
    precision text not null,
    kind text not null,
    source text not null,
    remark text not null,
    decision_id text,
    recorded_at bigint not null,
    recorded_by text not null,
    constraint coop_parameters_pk primary key (coop_id, row_id),
    constraint coop_parameters_precision check (precision in ('day', 'month', 'unknown')),
    constraint coop_parameters_kind check (kind in ('block', 'warn', 'set'))
);
create index coop_parameters_by_name on coop_parameters (coop_id, name, key);

create table decisions (
    coop_id bigint not null,
    decision_id text not null,
    number text not null,
    day text not null,
    body text not null,
    subject text not null,
    text text not null,
    text_hash bytea not null,
    evidence_hash bytea,
    recorded_at bigint not null,
    recorded_by text not null,
    constraint decisions_pk primary key (coop_id, decision_id),
    constraint decisions_number unique (coop_id, body, number),
    constraint decisions_body check (body in ('rat', 'pengurus', 'pengawas', 'dinas'))
);

create table tasks (
    coop_id bigint not null,
    task_id text not null,
    kind text not null,
    for_role text,
    for_person text,
    subject text not null,
    amount bigint,
    opened_at bigint not null,
    opened_by text not null,
    link text not null,
    due_day text,
    closed_at bigint,
    closed_by text,
    outcome text,
    constraint tasks_pk primary key (coop_id, task_id),
    constraint tasks_addressed check (for_role is not null or for_person is not null),
    constraint tasks_closed check ((closed_at is null) = (closed_by is null))
);
create index tasks_waiting on tasks (coop_id, opened_at) where closed_at is null;

create table approvals (
    coop_id bigint not null,
    approval_id text not null,
    event_kind text not null,
    payload text not null,
    payload_hash bytea not null,
    maker_id text not null,
    amount bigint,
    reason text not null,
    asked_at bigint not null,
    expires_at bigint not null,
    decision text,
    decided_by text,
    decided_at bigint,
    decision_reason text,
    recorded_by text,
    paper_hash bytea,
    taken_at bigint,
    taken_request text,
    constraint approvals_pk primary key (coop_id, approval_id),
    constraint approvals_decision check (decision in ('approve', 'refuse', 'paper')),
    constraint approvals_decided check ((decision is null) = (decided_at is null)),
    constraint approvals_persons check (decided_by is null or decided_by <> maker_id),
    constraint approvals_paper check (decision is null or decision <> 'paper'
        or paper_hash is not null),
    constraint approvals_taken check (taken_at is null or decision in ('approve', 'paper'))
);

create table holidays (
    day text not null,
    name text not null,
    source text not null,
    recorded_at bigint not null,
    constraint holidays_pk primary key (day)
);
