-- A posting is a voucher: entries that sum to zero. Rows are only added; a mistake is reversed by another posting.
create table ledger.posting (
  id uuid primary key,
  number bigint generated always as identity,
  organisation uuid not null,
  place text collate "C" not null,
  kind text not null check (kind in ('charge', 'payment', 'settlement', 'waiver', 'refund', 'credit', 'release', 'reversal')),
  -- What is posted once: the same key a second time changes nothing.
  key text not null,
  -- Month of the accounts, in the local calendar: `2026-06`.
  period text not null check (period ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  at timestamptz not null,
  agreement uuid,
  party uuid,
  -- The bill or payment it is the voucher of.
  document uuid,
  reverses uuid references ledger.posting,
  memo text not null,
  -- Sum of its debits, minor units.
  amount bigint not null check (amount > 0),
  actor text not null,
  actor_name text not null,
  constraint posting_key_unique unique (organisation, key)
);
create unique index posting_reversed_once on ledger.posting (reverses) where reverses is not null;
create index posting_filed on ledger.posting (organisation, period, number);
create index posting_party on ledger.posting (organisation, party, number);
create index posting_agreement on ledger.posting (agreement, number);
create index posting_document on ledger.posting (document);
comment on table ledger.posting is 'storeLevel=3';
select kernel.protect('ledger.posting', 'place');

-- Debits are positive, credits negative, in minor units.
create table ledger.entry (
  posting uuid not null references ledger.posting,
  line smallint not null,
  organisation uuid not null,
  account text not null,
  agreement uuid,
  subject text,
  amount bigint not null check (amount <> 0),
  primary key (posting, line)
);
create index entry_held on ledger.entry (agreement, account) include (amount) where account in ('prepaid', 'deposit');
comment on table ledger.entry is 'storeLevel=3';
select kernel.protect('ledger.entry');

-- What is owed: one line of a bill. `settled` and `waived` follow from the entries and are kept for lists.
create table ledger.charge (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  posting uuid not null references ledger.posting,
  document uuid not null,
  agreement uuid not null,
  party uuid not null,
  subject text not null,
  fund text not null check (fund in ('income', 'deposit')),
  rank smallint not null,
  period text not null,
  due_on date not null,
  amount bigint not null check (amount > 0),
  settled bigint not null default 0 check (settled >= 0),
  waived bigint not null default 0 check (waived >= 0),
  reversed_at timestamptz,
  detail jsonb not null,
  check (settled + waived <= amount)
);
create index charge_open on ledger.charge (agreement, due_on, rank) where reversed_at is null and settled + waived < amount;
create index charge_late on ledger.charge (organisation, due_on) where reversed_at is null and settled + waived < amount;
create index charge_document on ledger.charge (document);
create index charge_listed on ledger.charge (organisation, period, id);
create index charge_place on ledger.charge (organisation, place, id);
create index charge_figures on ledger.charge (organisation, period, subject, place) include (amount, settled, waived) where reversed_at is null;
comment on table ledger.charge is 'storeLevel=3';
select kernel.protect('ledger.charge', 'place');

-- Money put on a charge; taken off again by a row with the opposite sign.
create table ledger.settlement (
  posting uuid not null references ledger.posting,
  charge uuid not null references ledger.charge,
  organisation uuid not null,
  amount bigint not null check (amount <> 0),
  at timestamptz not null,
  primary key (posting, charge)
);
create index settlement_charge on ledger.settlement (charge);
create index settlement_at on ledger.settlement (organisation, at);
comment on table ledger.settlement is 'storeLevel=3';
select kernel.protect('ledger.settlement');

create table ledger.payment (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  agreement uuid not null,
  party uuid not null,
  channel text not null,
  -- The channel's own number of it.
  reference text not null,
  amount bigint not null check (amount > 0),
  paid_at timestamptz not null,
  at timestamptz not null,
  posting uuid not null references ledger.posting,
  constraint payment_reference_unique unique (organisation, channel, reference)
);
create index payment_recent on ledger.payment (organisation, paid_at desc, id desc);
create index payment_agreement on ledger.payment (agreement, paid_at);
comment on table ledger.payment is 'storeLevel=3';
select kernel.protect('ledger.payment', 'place');

-- Months that are closed: nothing is posted to them any more; the digest is over their vouchers.
create table ledger.closing (
  organisation uuid not null,
  period text not null,
  at timestamptz not null,
  actor text not null,
  actor_name text not null,
  vouchers int not null,
  amount bigint not null,
  digest text not null,
  primary key (organisation, period)
);
comment on table ledger.closing is 'storeLevel=2';
select kernel.protect('ledger.closing');

-- Each statement must leave every posting it touches balanced.
create function ledger.check_balance() returns trigger language plpgsql as $$
declare wrong uuid;
begin
  select posting into wrong from added group by posting having sum(amount) <> 0 limit 1;
  if wrong is not null then
    raise exception 'posting % does not balance', wrong using errcode = 'check_violation', constraint = 'entry_balanced';
  end if;
  return null;
end $$;
create trigger balanced after insert on ledger.entry referencing new table as added
  for each statement execute function ledger.check_balance();

-- Posting holds the books open together with others; closing waits for all of them.
create function ledger.check_open() returns trigger language plpgsql as $$
declare shut text;
begin
  perform pg_advisory_xact_lock_shared(hashtextextended('ledger.books:' || organisation, 0))
    from (select distinct organisation from added) as o;
  select c.period into shut from ledger.closing c
    where exists (select from added a where a.organisation = c.organisation and a.period = c.period) limit 1;
  if shut is not null then
    raise exception 'period % is closed', shut using errcode = 'check_violation', constraint = 'period_open';
  end if;
  return null;
end $$;
create trigger books_open after insert on ledger.posting referencing new table as added
  for each statement execute function ledger.check_open();

-- Vouchers, their entries and closings never change; only the place path follows when a subtree is hung up elsewhere.
create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'place' = to_jsonb(old) - 'place' then return new; end if;
  raise exception '% is append-only', tg_table_name using errcode = 'check_violation', constraint = 'append_only';
end $$;
create trigger kept before update or delete on ledger.posting for each row execute function ledger.refuse_change();
create trigger kept before update or delete on ledger.entry for each row execute function ledger.refuse_change();
create trigger kept before update or delete on ledger.settlement for each row execute function ledger.refuse_change();
create trigger kept before update or delete on ledger.payment for each row execute function ledger.refuse_change();
create trigger kept before update or delete on ledger.closing for each row execute function ledger.refuse_change();
-- Of a charge only what was settled, waived or reversed may change.
create function ledger.refuse_rewrite() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (to_jsonb(new) - '{place,settled,waived,reversed_at}'::text[])
    = (to_jsonb(old) - '{place,settled,waived,reversed_at}'::text[]) then return new; end if;
  raise exception 'a charge is never edited' using errcode = 'check_violation', constraint = 'append_only';
end $$;
create trigger kept before update or delete on ledger.charge for each row execute function ledger.refuse_rewrite();

create schema ledger_pub;
grant usage on schema ledger_pub to keystead_app, keystead_system;
create view ledger_pub.charge with (security_invoker = true) as
  select id, organisation, place, document, agreement, party, subject, fund, period, due_on, amount, settled, waived,
    reversed_at, detail from ledger.charge;
create view ledger_pub.payment with (security_invoker = true) as
  select id, organisation, place, agreement, party, channel, reference, amount, paid_at from ledger.payment;
create view ledger_pub.settlement with (security_invoker = true) as
  select charge, organisation, amount, at from ledger.settlement;
grant select on all tables in schema ledger_pub to keystead_app, keystead_system;
