-- grants: own
-- What each probe of the installation's own health last found; its state outlives a restart, so that "well" is told.
create table watch.probe (
  source text primary key,
  state text not null check (state in ('well', 'troubled')),
  severity int not null check (severity between 1 and 4),
  value double precision,
  unit text not null,
  troubled_at double precision not null,
  detail text not null,
  checked_at timestamptz not null,
  since timestamptz not null
);
comment on table watch.probe is 'storeLevel=1';

-- A sign of life of each process, a few seconds old at most while it works. Lost in a crash of the database, and nothing is lost by that.
create unlogged table watch.pulse (
  process text primary key,
  role text not null,
  pid int not null,
  at timestamptz not null,
  started_at timestamptz not null,
  lag_ms double precision not null,
  memory_bytes bigint not null
);
comment on table watch.pulse is 'storeLevel=1';

grant select, insert, update, delete on watch.probe, watch.pulse to keystead_system;
grant usage on schema watch to keystead_system;
