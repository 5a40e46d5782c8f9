-- How a figure was found: read on the dot, between two readings, carried from the last one, taken from the first one after, estimated
-- from earlier months; null = told by a person. `photo`: a picture of the dial in data/records.
alter table billing.usage add column rule text check (rule in ('exact', 'between', 'carried', 'following', 'continued', 'estimated')),
  add column photo uuid;

-- A meter that was exchanged: where the old one ended and the new one began, thousandths of the unit.
create table billing.exchange (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  house uuid not null,
  subject text not null,
  exchanged_at timestamptz not null,
  old_end bigint not null check (old_end >= 0),
  new_begin bigint not null check (new_begin >= 0),
  note text not null,
  photo uuid,
  at timestamptz not null,
  actor_name text not null,
  unique (house, subject, exchanged_at)
);
comment on table billing.exchange is 'storeLevel=3';
select kernel.protect('billing.exchange', 'place');

-- A month for which no figure could be found: the bill waits for it.
create table billing.meter_gap (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  house uuid not null,
  subject text not null,
  period text not null,
  agreement uuid not null,
  why text not null check (why in ('no-meter', 'no-beginning', 'no-end', 'fell')),
  at timestamptz not null,
  ended_at timestamptz
);
create unique index meter_gap_open on billing.meter_gap (agreement, subject, period) where ended_at is null;
create index meter_gap_recent on billing.meter_gap (organisation, at desc) where ended_at is null;
comment on table billing.meter_gap is 'storeLevel=3';
select kernel.protect('billing.meter_gap', 'place');
