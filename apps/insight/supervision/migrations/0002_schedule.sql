-- A word that was sent to see whether a terminal hears; no alarm is behind it.
alter table supervision.push add column test boolean not null default false;

-- On which day of the month the report of the month before is made by itself; without a row on the first.
create table supervision.schedule (
  organisation uuid not null,
  template text not null,
  enabled boolean not null,
  day smallint not null check (day between 1 and 28),
  changed_at timestamptz not null,
  primary key (organisation, template)
);
comment on table supervision.schedule is 'storeLevel=1';
select kernel.protect('supervision.schedule');
