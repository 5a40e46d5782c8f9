-- What is charged for. `rank`: the smaller is settled first among charges due on one day.
create table billing.subject (
  organisation uuid not null,
  code text not null,
  name_zh text not null,
  name_en text not null,
  fund text not null check (fund in ('income', 'deposit')),
  rank smallint not null,
  -- Unit of what a meter counts; null = not metered.
  unit text,
  retired boolean not null,
  version int not null,
  changed_at timestamptz not null,
  primary key (organisation, code)
);
comment on table billing.subject is 'storeLevel=1';
select kernel.protect('billing.subject');

-- Prices of a metered subject from a day on; never edited, a new one follows. Quantities in thousandths of the unit,
-- prices in ten-thousandths of the currency's main unit per unit.
create table billing.tariff (
  id uuid primary key,
  organisation uuid not null,
  subject text not null,
  effective_on date not null,
  steps jsonb not null,
  basis text not null,
  at timestamptz not null,
  actor_name text not null,
  unique (organisation, subject, effective_on)
);
comment on table billing.tariff is 'storeLevel=1';
select kernel.protect('billing.tariff');

create table billing.setting (
  organisation uuid primary key,
  due_day smallint not null check (due_day between 1 and 28),
  -- Late fee per day in millionths of what is owed; 0 = none.
  late_rate int not null check (late_rate between 0 and 1000000),
  late_grace smallint not null check (late_grace between 0 and 90),
  version int not null,
  changed_at timestamptz not null
);
comment on table billing.setting is 'storeLevel=1';
select kernel.protect('billing.setting');

-- What was used in a month; a correction replaces the row before it.
create table billing.usage (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  house uuid not null,
  subject text not null,
  period text not null,
  begin_reading bigint not null,
  end_reading bigint not null,
  quantity bigint not null check (quantity >= 0),
  source text not null,
  at timestamptz not null,
  actor_name text not null,
  replaced_at timestamptz
);
create unique index usage_standing on billing.usage (house, subject, period) where replaced_at is null;
comment on table billing.usage is 'storeLevel=3';
select kernel.protect('billing.usage', 'place');

create table billing.run (
  id uuid primary key,
  organisation uuid not null,
  period text not null,
  state text not null check (state in ('running', 'done', 'stopped')),
  total int not null,
  passed int not null default 0,
  bills int not null default 0,
  lines int not null default 0,
  amount bigint not null default 0,
  -- The last lease that was passed.
  cursor uuid not null default '00000000-0000-0000-0000-000000000000',
  started_at timestamptz not null,
  progress_at timestamptz not null,
  finished_at timestamptz,
  actor text not null,
  actor_name text not null
);
create unique index run_one on billing.run (organisation, period) where state = 'running';
create index run_recent on billing.run (organisation, started_at desc);
comment on table billing.run is 'storeLevel=1';
select kernel.protect('billing.run');

-- A bill as it was issued; its lines are charges of the ledger. What is reissued is another revision.
create table billing.bill (
  id uuid primary key,
  number bigint generated always as identity,
  organisation uuid not null,
  place text collate "C" not null,
  agreement uuid not null,
  party uuid not null,
  house uuid not null,
  period text not null,
  revision int not null,
  due_on date not null,
  issued_at timestamptz not null,
  amount bigint not null check (amount > 0),
  run uuid,
  replaces uuid references billing.bill,
  reversed_at timestamptz,
  reverse_reason text,
  unique (agreement, period, revision)
);
create unique index bill_standing on billing.bill (agreement, period) where reversed_at is null;
create index bill_recent on billing.bill (organisation, id desc);
create index bill_period on billing.bill (organisation, period, id desc);
create index bill_house on billing.bill (house, period);
create index bill_place on billing.bill (organisation, place, id);
comment on table billing.bill is 'storeLevel=3';
select kernel.protect('billing.bill', 'place');

-- A bill stays as it was issued; only that it was taken back is noted, once.
create function billing.refuse_rewrite() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (old.reversed_at is null or new.reversed_at = old.reversed_at)
    and (to_jsonb(new) - '{place,reversed_at,reverse_reason}'::text[]) = (to_jsonb(old) - '{place,reversed_at,reverse_reason}'::text[])
  then return new; end if;
  raise exception 'an issued bill is never edited' using errcode = 'check_violation', constraint = 'append_only';
end $$;
create trigger kept before update or delete on billing.bill for each row execute function billing.refuse_rewrite();

-- How money comes in: accounts with a channel. The secret is in an envelope only the installation's master key opens.
create table billing.channel (
  id uuid primary key,
  organisation uuid not null,
  kind text not null check (kind in ('wechat', 'alipay')),
  name text not null,
  enabled boolean not null,
  settings jsonb not null,
  secret bytea,
  version int not null,
  changed_at timestamptz not null
);
comment on table billing.channel is 'storeLevel=3';
select kernel.protect('billing.channel');

-- A payment that was asked of a channel and may be told by a callback.
create table billing.pay_order (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  agreement uuid not null,
  party uuid not null,
  bill uuid,
  channel uuid not null references billing.channel,
  number text not null unique,
  amount bigint not null check (amount > 0),
  state text not null check (state in ('open', 'paid', 'closed')),
  created_at timestamptz not null,
  ended_at timestamptz
);
comment on table billing.pay_order is 'storeLevel=3';
select kernel.protect('billing.pay_order', 'place');

-- What channels told us, believed or not.
create table billing.callback (
  id uuid primary key,
  organisation uuid not null,
  channel uuid not null,
  at timestamptz not null,
  outcome text not null,
  number text,
  digest text not null
);
create index callback_recent on billing.callback (organisation, at desc);
comment on table billing.callback is 'storeLevel=2';
select kernel.protect('billing.callback');

-- A day of a channel compared with its statement.
create table billing.reconciliation (
  id uuid primary key,
  organisation uuid not null,
  channel text not null,
  day date not null,
  at timestamptz not null,
  actor_name text not null,
  lines int not null,
  matched int not null,
  stated bigint not null,
  booked bigint not null,
  digest text not null,
  unique (organisation, channel, day)
);
comment on table billing.reconciliation is 'storeLevel=2';
select kernel.protect('billing.reconciliation');

create table billing.difference (
  id uuid primary key,
  organisation uuid not null,
  reconciliation uuid not null references billing.reconciliation,
  kind text not null check (kind in ('amount', 'not-booked', 'not-stated', 'unclaimed')),
  reference text not null,
  stated bigint,
  booked bigint,
  note text not null,
  resolved_at timestamptz,
  resolution text,
  resolved_by text
);
create index difference_open on billing.difference (organisation, reconciliation);
comment on table billing.difference is 'storeLevel=2';
select kernel.protect('billing.difference');

-- A reminder of one fee that is late: a step of the ladder, once since the day it became late.
create table billing.notice (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  agreement uuid not null,
  party uuid not null,
  subject text not null,
  since date not null,
  step text not null,
  channel text not null,
  amount bigint not null,
  state text not null check (state in ('queued', 'sent', 'delivered', 'failed', 'skipped')),
  text_zh text not null,
  proof jsonb not null,
  at timestamptz not null,
  ended_at timestamptz,
  unique (agreement, subject, since, step)
);
create index notice_recent on billing.notice (organisation, at desc, id desc);
create index notice_agreement on billing.notice (agreement, at);
comment on table billing.notice is 'storeLevel=3';
select kernel.protect('billing.notice', 'place');

create table billing.pause (
  id uuid primary key,
  organisation uuid not null,
  agreement uuid not null,
  reason text not null check (reason in ('hardship', 'objection', 'hospital', 'other')),
  note text not null,
  from_day date not null,
  until_day date not null,
  ended_at timestamptz,
  at timestamptz not null,
  actor_name text not null
);
create index pause_of on billing.pause (agreement) where ended_at is null;
comment on table billing.pause is 'storeLevel=3';
select kernel.protect('billing.pause');

-- Collection of a month as it stood when the report was made; never made again.
create table billing.report (
  organisation uuid not null,
  period text not null,
  at timestamptz not null,
  figures jsonb not null,
  primary key (organisation, period)
);
comment on table billing.report is 'storeLevel=2';
select kernel.protect('billing.report');
