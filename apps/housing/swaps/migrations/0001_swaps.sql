-- A change of houses 换租: one household into a free house, or two into each other's.
create table swaps.swap (
  number bigint generated always as identity,
  id uuid primary key,
  organisation uuid not null,
  -- Of the house of whoever asked.
  place text collate "C" not null,
  kind text not null check (kind in ('free', 'mutual')),
  state text not null check (state in ('proposed', 'requested', 'approved', 'scheduled', 'changing', 'done',
    'declined', 'refused', 'withdrawn', 'cancelled', 'lapsed')),
  reason text not null,
  wish jsonb not null,
  -- First day in the other house.
  change_on date,
  -- What the change itself has done so far.
  worked text[] not null default '{}',
  -- Why it came to nothing, or what it waits for.
  note text,
  opened_at timestamptz not null,
  decided_at timestamptz,
  ended_at timestamptz,
  version int not null default 1
);
comment on table swaps.swap is 'storeLevel=3';
create index swap_list on swaps.swap (organisation, opened_at desc, id desc);
create index swap_due on swaps.swap (change_on) where state in ('approved', 'scheduled', 'changing');
select kernel.protect('swaps.swap', 'place');

create table swaps.side (
  swap uuid not null references swaps.swap (id),
  number smallint not null,
  organisation uuid not null,
  household uuid not null,
  name text not null,
  lease uuid not null,
  lease_code text not null,
  house uuid not null,
  house_name text not null,
  new_house uuid,
  new_house_name text,
  new_lease uuid,
  -- When the household said yes; whoever asked did so by asking.
  agreed_at timestamptz,
  -- Meters of the house it leaves, on the last day.
  readings jsonb,
  -- Deposit that went on with it, minor units.
  carried bigint,
  primary key (swap, number)
);
comment on table swaps.side is 'storeLevel=3';
create index side_household on swaps.side (household);
create index side_lease on swaps.side (lease);
create index side_new_lease on swaps.side (new_lease) where new_lease is not null;
select kernel.protect('swaps.side');
