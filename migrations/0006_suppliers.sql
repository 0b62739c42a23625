-- Why: money is owed to a supplier in the journal, with the supplier's id as the name behind it; what
-- stands here is who that is, and of which nota the debt consists, so that a nota is not paid twice
-- and the debts can be seen by age. What is paid of a nota runs along with each payment; payments and
-- their parts are only ever added. A part without a nota pays a debt from before the books began.
-- append-only: supplier_payments, supplier_payment_parts

create table suppliers (
    coop_id bigint not null,
    supplier_id text not null,
    name text not null,
    search text not null,
    phone text,
    terms_days bigint not null,
    npwp text,
    added_at bigint not null,
    added_by text not null,
    constraint suppliers_pk primary key (coop_id, supplier_id),
    constraint suppliers_name unique (coop_id, search),
    constraint suppliers_terms check (terms_days >= 0)
);

create table supplier_invoices (
    coop_id bigint not null,
    invoice_id text not null,
    supplier_id text not null,
    account text not null,
    number text,
    invoice_day text not null,
    due_day text not null,
    amount bigint not null,
    paid_amount bigint not null,
    entry_no bigint not null,
    recorded_at bigint not null,
    constraint supplier_invoices_pk primary key (coop_id, invoice_id),
    constraint supplier_invoices_number unique (coop_id, supplier_id, number),
    constraint supplier_invoices_supplier foreign key (coop_id, supplier_id)
        references suppliers (coop_id, supplier_id),
    constraint supplier_invoices_amount check (amount > 0),
    constraint supplier_invoices_paid check (paid_amount >= 0 and paid_amount <= amount)
);
create index supplier_invoices_by_day on supplier_invoices (coop_id, supplier_id, invoice_day);

create table supplier_payments (
    coop_id bigint not null,
    payment_id text not null,
    supplier_id text not null,
    account text not null,
    day text not null,
    cash_amount bigint not null,
    discount_amount bigint not null,
    advance_amount bigint not null,
    from_account text not null,
    entry_no bigint not null,
    constraint supplier_payments_pk primary key (coop_id, payment_id)
);
create index supplier_payments_by_supplier on supplier_payments (coop_id, supplier_id, day);

create table supplier_payment_parts (
    coop_id bigint not null,
    payment_id text not null,
    part_no bigint not null,
    invoice_id text,
    amount bigint not null,
    constraint supplier_payment_parts_pk primary key (coop_id, payment_id, part_no),
    constraint supplier_payment_parts_amount check (amount > 0)
);
