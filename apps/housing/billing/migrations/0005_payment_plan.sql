-- What is late, paid in parts by agreement with the tenant. Whether a part was paid is read from the charges it covers.
create table billing.payment_plan (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  agreement uuid not null,
  party uuid not null,
  amount bigint not null check (amount > 0),
  -- Charges it covers, as they were late when it was made.
  charges uuid[] not null,
  reason text not null,
  state text not null check (state in ('running', 'paid-off', 'broken', 'ended')),
  pause uuid not null references billing.pause,
  at timestamptz not null,
  actor_name text not null,
  ended_at timestamptz,
  end_reason text
);
create unique index payment_plan_running on billing.payment_plan (agreement) where state = 'running';
create index payment_plan_recent on billing.payment_plan (organisation, id desc);
comment on table billing.payment_plan is 'storeLevel=3';
select kernel.protect('billing.payment_plan', 'place');

create table billing.instalment (
  plan uuid not null references billing.payment_plan,
  organisation uuid not null,
  number int not null,
  due_on date not null,
  amount bigint not null check (amount > 0),
  primary key (plan, number)
);
comment on table billing.instalment is 'storeLevel=3';
select kernel.protect('billing.instalment');

alter table billing.pause drop constraint pause_reason_check;
alter table billing.pause add constraint pause_reason_check check (reason in ('hardship', 'objection', 'hospital', 'plan', 'other'));
