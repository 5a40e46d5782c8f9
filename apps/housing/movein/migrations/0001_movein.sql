-- One way of a household into a house: allocated, contract, check-in. One id for all of it (H-9.2.1-a).
create table movein.process (
  number bigint generated always as identity,
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  household uuid not null,
  household_name text not null,
  house uuid not null,
  -- The plan it came from; null when it was allocated by hand.
  plan uuid,
  state text not null check (state in ('allocated', 'contract', 'checked-in', 'cancelled')),
  lease uuid,
  opened_at timestamptz not null,
  contract_at timestamptz,
  checked_in_at timestamptz,
  version int not null default 1
);
comment on table movein.process is 'storeLevel=3';
create unique index process_lease on movein.process (lease) where lease is not null;
create unique index process_house on movein.process (house) where state in ('allocated', 'contract');
create index process_list on movein.process (organisation, opened_at desc, id desc);
create index process_household on movein.process (household);
select kernel.protect('movein.process', 'place');

-- What was handed over: meters, furniture, photos. Only added; the database refuses anything else.
create table movein.handover (
  id uuid primary key,
  process uuid not null references movein.process,
  organisation uuid not null,
  place text collate "C" not null,
  at timestamptz not null,
  -- Fee subject of the meter → reading in thousandths of the unit.
  readings jsonb not null,
  furniture jsonb not null,
  photos uuid[] not null,
  actor text not null,
  actor_name text not null
);
comment on table movein.handover is 'storeLevel=3';
create unique index handover_of on movein.handover (process);
select kernel.protect('movein.handover', 'place');

-- Who lets, as every lease of the organisation names it.
create table movein.lessor (
  organisation uuid primary key,
  party uuid not null,
  name text not null,
  changed_at timestamptz not null
);
comment on table movein.lessor is 'storeLevel=1';
select kernel.protect('movein.lessor');
