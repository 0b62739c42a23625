-- Why: quantity and value of goods must never drift from the journal. Each good has one row of what
-- stands (quantity, value, what came without paper) that a sale reads and writes once; where the
-- goods lie, whose they are and until when they keep stands by place, owner and batch. Every movement
-- is a row that is only ever added, with the instant at which it happened: a late paper is put in at
-- its own time, the costs after it are worked out again from the rows, and what they differ by is
-- added as corrections that name the row they correct. So the sum of the rows is what stands, at any
-- instant. Barcodes belong to a pack, not to a good. Quantities may fall below zero here, since goods
-- can be sold before their paper is typed; the counter refuses where it must.
-- append-only: stock_movements

create table goods (
    coop_id bigint not null,
    good_id text not null,
    name text not null,
    search text not null,
    base_unit text not null,
    accounts text not null,
    quota bigint not null,
    sold_by_weight bigint not null,
    ceiling_key text,
    reorder_milli bigint,
    added_at bigint not null,
    added_by text not null,
    constraint goods_pk primary key (coop_id, good_id),
    constraint goods_name unique (coop_id, search),
    constraint goods_accounts check (accounts in ('shop', 'lpg', 'fish')),
    constraint goods_quota check (quota in (0, 1)),
    constraint goods_sold_by_weight check (sold_by_weight in (0, 1))
);

create table packs (
    coop_id bigint not null,
    pack_id text not null,
    good_id text not null,
    name text not null,
    factor text not null,
    sellable bigint not null,
    constraint packs_pk primary key (coop_id, pack_id),
    constraint packs_name unique (coop_id, good_id, name),
    constraint packs_good foreign key (coop_id, good_id) references goods (coop_id, good_id),
    constraint packs_sellable check (sellable in (0, 1))
);

create table barcodes (
    coop_id bigint not null,
    gtin text not null,
    pack_id text not null,
    constraint barcodes_pk primary key (coop_id, gtin),
    constraint barcodes_pack foreign key (coop_id, pack_id) references packs (coop_id, pack_id)
);
create index barcodes_by_pack on barcodes (coop_id, pack_id);

create table stock_values (
    coop_id bigint not null,
    good_id text not null,
    qty_milli bigint not null,
    value bigint not null,
    waiting_milli bigint not null,
    last_cost_milli bigint not null,
    last_cost_value bigint not null,
    last_no bigint not null,
    last_at bigint not null,
    constraint stock_values_pk primary key (coop_id, good_id)
);

create table stock_positions (
    coop_id bigint not null,
    good_id text not null,
    place text not null,
    owner text not null,
    batch text not null,
    expiry text,
    qty_milli bigint not null,
    constraint stock_positions_pk primary key (coop_id, good_id, place, owner, batch)
);

create table stock_movements (
    coop_id bigint not null,
    good_id text not null,
    movement_no bigint not null,
    kind text not null,
    day text not null,
    happened_at bigint not null,
    place text not null,
    owner text not null,
    batch text not null,
    qty_milli bigint not null,
    value bigint not null,
    charge text,
    document_id text not null,
    line_no bigint not null,
    paper_id text,
    corrects bigint,
    counted_milli bigint,
    book_after_milli bigint not null,
    on_hand_after_milli bigint not null,
    value_after bigint not null,
    person_id text not null,
    constraint stock_movements_pk primary key (coop_id, good_id, movement_no),
    constraint stock_movements_charge check (charge in ('member', 'other', 'shrinkage'))
);
create index stock_movements_by_time on stock_movements (coop_id, good_id, happened_at);
create index stock_movements_by_document on stock_movements (coop_id, document_id, line_no);

create table goods_receipts (
    coop_id bigint not null,
    receipt_id text not null,
    supplier_id text,
    not_invoiced bigint not null,
    day text not null,
    received_day text not null,
    place text not null,
    goods_amount bigint not null,
    freight_amount bigint not null,
    entry_no bigint not null,
    received_by text not null,
    constraint goods_receipts_pk primary key (coop_id, receipt_id)
);
create index goods_receipts_by_day on goods_receipts (coop_id, day);

create table goods_receipt_lines (
    coop_id bigint not null,
    receipt_id text not null,
    line_no bigint not null,
    good_id text not null,
    pack_id text not null,
    factor text not null,
    packs_milli bigint not null,
    qty_milli bigint not null,
    goods_amount bigint not null,
    freight_amount bigint not null,
    movement_no bigint not null,
    happened_at bigint not null,
    invoice_id text,
    constraint goods_receipt_lines_pk primary key (coop_id, receipt_id, line_no)
);

create table goods_waiting (
    coop_id bigint not null,
    first_id text not null,
    good_id text not null,
    qty_milli bigint not null,
    place text not null,
    day text not null,
    happened_at bigint not null,
    photo_hash bytea not null,
    taken_by text not null,
    receipt_id text,
    constraint goods_waiting_pk primary key (coop_id, first_id)
);
