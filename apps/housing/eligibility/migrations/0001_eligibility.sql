-- One review of one household: the first application, a yearly review, one after a change. Inputs are sealed.
create table eligibility.application (
  number bigint generated always as identity,
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  household uuid not null,
  kind text not null check (kind in ('initial', 'pre-allocation', 'annual', 'renewal', 'change', 'spot')),
  state text not null,
  -- square metres the household owns or rents elsewhere, as declared
  area numeric(8, 2) not null default 0,
  inputs bytea,
  policy uuid,
  because text[] not null default '{}',
  reason text,
  publicity_until timestamptz,
  appeal_until timestamptz,
  due_at timestamptz,
  lease uuid,
  -- what a review of a lease is for: the day it is due by
  cycle date,
  opened_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  ended_at timestamptz,
  version int not null default 1,
  check ((kind = 'annual') = (cycle is not null))
);
comment on table eligibility.application is 'storeLevel=3';
create index application_list on eligibility.application (organisation, opened_at desc, id desc);
create index application_household on eligibility.application (household);
create index application_due on eligibility.application (organisation, due_at) where ended_at is null;
create unique index application_cycle on eligibility.application (lease, cycle) where kind = 'annual';
create unique index application_open on eligibility.application (household, kind) where ended_at is null and kind <> 'annual';
select kernel.protect('eligibility.application', 'place');

create table eligibility.history (
  application uuid not null references eligibility.application,
  organisation uuid not null,
  number int not null,
  at timestamptz not null,
  step text not null,
  from_state text not null,
  to_state text not null,
  actor text not null,
  actor_name text not null,
  reason text,
  primary key (application, number)
);
comment on table eligibility.history is 'storeLevel=3';
select kernel.protect('eligibility.history');

create table eligibility.source (
  organisation uuid not null,
  kind text not null,
  url text not null,
  secret bytea not null,
  set_at timestamptz not null,
  primary key (organisation, kind)
);
comment on table eligibility.source is 'storeLevel=2';
select kernel.protect('eligibility.source');

create table eligibility.inquiry (
  id uuid primary key,
  application uuid not null references eligibility.application,
  organisation uuid not null,
  person uuid not null,
  source text not null,
  state text not null check (state in ('pending', 'agrees', 'conflict', 'unanswered', 'waived')),
  -- fields in which the answer differs; the answer itself is sealed
  differs text[] not null default '{}',
  answer bytea,
  attempts int not null default 0,
  next_at timestamptz not null,
  answered_at timestamptz,
  waived_reason text,
  unique (application, person, source)
);
comment on table eligibility.inquiry is 'storeLevel=3';
create index inquiry_due on eligibility.inquiry (next_at) where state = 'pending';
select kernel.protect('eligibility.inquiry');

-- What a household is entitled to now.
create table eligibility.standing (
  household uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  status text not null check (status in ('valid', 'suspended', 'invalid', 'barred')),
  application uuid not null,
  valid_until timestamptz,
  lost_at timestamptz,
  move_out_by timestamptz,
  appeal_by timestamptz,
  changed_at timestamptz not null
);
comment on table eligibility.standing is 'storeLevel=3';
create index standing_due on eligibility.standing (appeal_by) where status = 'suspended';
select kernel.protect('eligibility.standing', 'place');
