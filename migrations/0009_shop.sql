-- Why: what the counter sold, to whom, at which price and cost, line by line. A price list version is
-- a set of prices with the instant from which they hold; it is never changed, so a line can always
-- say which price it was sold at and why. A line keeps what was already taken back of it, so that the
-- parts of many refunds sum to the line. A receipt's public code stands in a table of its own that
-- holds no name: strangers read that one only.
-- append-only: price_lists, prices, sales, receipt_codes, refunds, refund_lines

create table price_lists (
    coop_id bigint not null,
    version bigint not null,
    effective_at bigint not null,
    made_by text not null,
    made_at bigint not null,
    constraint price_lists_pk primary key (coop_id, version)
);

create table prices (
    coop_id bigint not null,
    version bigint not null,
    pack_id text not null,
    effective_at bigint not null,
    price bigint not null,
    member_price bigint,
    constraint prices_pk primary key (coop_id, version, pack_id),
    constraint prices_positive check (price > 0 and (member_price is null or member_price > 0))
);
create index prices_by_pack on prices (coop_id, pack_id, effective_at);

create table sales (
    coop_id bigint not null,
    sale_id text not null,
    number text not null,
    session_id text not null,
    cashier_id text not null,
    member_id text,
    day text not null,
    sold_at bigint not null,
    total bigint not null,
    due bigint not null,
    tendered bigint not null,
    returned bigint not null,
    change_owed bigint not null,
    entry_no bigint not null,
    code text not null,
    constraint sales_pk primary key (coop_id, sale_id)
);
create index sales_by_day on sales (coop_id, day);

create table sale_lines (
    coop_id bigint not null,
    sale_id text not null,
    line_no bigint not null,
    good_id text not null,
    pack_id text not null,
    name text not null,
    pack text not null,
    packs_milli bigint not null,
    qty_milli bigint not null,
    price bigint not null,
    list_version bigint not null,
    amount bigint not null,
    cost bigint not null,
    refunded_qty_milli bigint not null,
    refunded_amount bigint not null,
    constraint sale_lines_pk primary key (coop_id, sale_id, line_no)
);
create index sale_lines_by_good on sale_lines (coop_id, good_id);

create table receipt_codes (
    coop_id bigint not null,
    code text not null,
    sale_id text not null,
    number text not null,
    day text not null,
    total bigint not null,
    entry_no bigint not null,
    constraint receipt_codes_pk primary key (coop_id, code)
);

create table refunds (
    coop_id bigint not null,
    refund_id text not null,
    sale_id text not null,
    number text not null,
    session_id text not null,
    cashier_id text not null,
    approver_id text,
    day text not null,
    at bigint not null,
    amount bigint not null,
    paid bigint not null,
    reason text not null,
    entry_no bigint not null,
    constraint refunds_pk primary key (coop_id, refund_id)
);
create index refunds_by_day on refunds (coop_id, cashier_id, day);
create index refunds_by_sale on refunds (coop_id, sale_id);

create table refund_lines (
    coop_id bigint not null,
    refund_id text not null,
    line_no bigint not null,
    qty_milli bigint not null,
    amount bigint not null,
    cost bigint not null,
    constraint refund_lines_pk primary key (coop_id, refund_id, line_no)
);
