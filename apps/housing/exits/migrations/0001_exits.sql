-- A household leaving a house 退出: its kind sets its clocks.
create table exits.exit (
  number bigint generated always as identity,
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  household uuid not null,
  household_name text not null,
  lease uuid not null,
  lease_code text not null,
  house uuid not null,
  kind text not null,
  state text not null check (state in ('initiated', 'accepted', 'inspected', 'settled', 'handed-over', 'reported', 'cancelled')),
  reason text not null,
  source text not null check (source in ('tenant', 'staff', 'platform')),
  leave_by date not null,
  opened_at timestamptz not null,
  inspect_by timestamptz not null,
  settle_by timestamptz not null,
  deposit_by timestamptz not null,
  ended_at timestamptz,
  inspection jsonb,
  settlement jsonb,
  handover uuid,
  -- The stage whose day has passed and was told.
  escalated text,
  report_due timestamptz,
  report_tries int not null default 0,
  report_failure text,
  ack text,
  acked_at timestamptz,
  version int not null default 1
);
comment on table exits.exit is 'storeLevel=3';
create unique index exit_open on exits.exit (lease) where state <> 'cancelled';
create index exit_list on exits.exit (organisation, opened_at desc, id desc);
create index exit_unreported on exits.exit (report_due) where report_due is not null;
create index exit_due on exits.exit (inspect_by) where state in ('initiated', 'accepted', 'inspected');
select kernel.protect('exits.exit', 'place');

-- Where results of exits are told to.
create table exits.supervision (
  organisation uuid primary key,
  url text not null,
  changed_at timestamptz not null
);
comment on table exits.supervision is 'storeLevel=1';
select kernel.protect('exits.supervision');
