-- grants: own
-- The application role reads nothing here: readers go through the service, which asks things whether the actor may
-- see the thing. A policy on the hot path would cost every row; a door costs each request once.

-- One row a message. Partitioned by receive time, by the hour: see the README's decisions.
-- `texts` is json, not jsonb: jsonb refuses U+0000, and one such text would fail the whole batch it came in.
create table telemetry.hot (
  thing int8 not null,
  time timestamptz not null,
  received timestamptz not null,
  -- batch number × 2^14 + place in the batch
  seq int8 not null,
  gateway int4 not null,
  source int2,
  keys int2[] not null,
  vals float8[] not null,
  -- one byte a point; null when all are good
  quals bytea,
  texts json
) partition by range (received);
create index hot_thing on telemetry.hot (thing, time, seq);
create index hot_received on telemetry.hot using brin (received) with (pages_per_range = 32);
create table telemetry.hot_default partition of telemetry.hot default;
comment on table telemetry.hot is 'storeLevel=2';

-- Named occurrences devices report.
create table telemetry.event (
  thing int8 not null,
  time timestamptz not null,
  received timestamptz not null,
  seq int8 not null,
  gateway int4 not null,
  source int2,
  event text not null,
  data json
);
create index event_thing on telemetry.event (thing, time desc);
create index event_received on telemetry.event using brin (received) with (pages_per_range = 32);
comment on table telemetry.event is 'storeLevel=2';

-- Every committed batch by number: what a follower may have missed, and how much came when.
create table telemetry.batch (
  gateway int4 not null,
  batch int8 not null,
  received timestamptz not null,
  messages int4 not null,
  points int4 not null,
  events int4 not null,
  primary key (gateway, batch)
);
create index batch_received on telemetry.batch (received);
comment on table telemetry.batch is 'storeLevel=1';

-- How far each follower has come, in the transaction of what it did with it.
create table telemetry.mark (
  follower text not null,
  gateway int4 not null,
  batch int8 not null,
  seen_at timestamptz not null,
  primary key (follower, gateway)
);
comment on table telemetry.mark is 'storeLevel=1';

-- Foreign clouds that deliver readings, by a small number kept beside each reading (H-5-2).
create table telemetry.source (
  number int2 primary key,
  organisation uuid not null,
  name text not null,
  unique (organisation, name)
);
comment on table telemetry.source is 'storeLevel=2';

-- The newest point of each property of each thing: parallel arrays.
create table telemetry.latest (
  thing int8 primary key,
  keys int2[] not null,
  times int8[] not null,
  received int8[] not null,
  vals float8[] not null,
  quals int2[] not null,
  texts json
) with (fillfactor = 70);
comment on table telemetry.latest is 'storeLevel=2';

-- Warm: all points of one thing in one hour of event time. The arrays beside the blob are parallel; `stats` holds
-- count, min, max, sum, first, last for each key, so that coarse questions never open the blob.
create table telemetry.chunk (
  thing int8 not null,
  hour timestamptz not null,
  points int4 not null,
  -- points that a later receive of the same event time replaced
  replaced int4 not null,
  keys int2[] not null,
  worst int2[] not null,
  stats float8[] not null,
  blob bytea not null,
  primary key (thing, hour)
);
alter table telemetry.chunk alter column blob set storage external;
create index chunk_hour on telemetry.chunk using brin (hour) with (pages_per_range = 32);
comment on table telemetry.chunk is 'storeLevel=2';

-- How far the moving of one hour into chunks has come; `rows` guards against rows that came after.
create table telemetry.compaction (
  hour timestamptz primary key,
  after_thing int8 not null,
  rows int8 not null,
  points int8 not null
);
comment on table telemetry.compaction is 'storeLevel=1';

-- How long points and events are kept. Business data: never under five years (H-8.4-c).
create table telemetry.keeping (
  one boolean primary key default true check (one),
  years int2 not null check (years between 5 and 100),
  version int4 not null
);
insert into telemetry.keeping (years, version) values (5, 1);
comment on table telemetry.keeping is 'storeLevel=1';

create function telemetry.hour_name(hour timestamptz) returns text language sql stable
return 'hot_' || to_char(hour at time zone 'UTC', 'YYYYMMDDHH24');

-- Makes the partition of an hour. False when the default partition already holds rows of that hour: they stay there.
create function telemetry.open_hour(hour timestamptz) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
  start timestamptz := date_trunc('hour', hour, 'UTC');
  name text := telemetry.hour_name(hour);
begin
  perform pg_advisory_xact_lock(7020140);
  if to_regclass('telemetry.' || name) is not null then return true; end if;
  if exists (select from telemetry.hot_default h where h.received >= start and h.received < start + interval '1 hour') then
    return false;
  end if;
  execute format('create table telemetry.%I (like telemetry.hot including storage)', name);
  execute format('comment on table telemetry.%I is ''storeLevel=2''', name);
  execute format('grant select, insert on telemetry.%I to keystead_system', name);
  execute format('alter table telemetry.hot attach partition telemetry.%I for values from (%L) to (%L)',
    name, start, start + interval '1 hour');
  return true;
end $$;

-- Ends the partition of a past hour, when it holds exactly the rows that were moved. Else false, and nothing happened.
create function telemetry.drop_hour(hour timestamptz, moved int8) returns boolean
language plpgsql security definer set search_path = pg_catalog as $$
declare
  name text := telemetry.hour_name(hour);
  held int8;
begin
  execute format('lock table telemetry.%I in access exclusive mode', name);
  execute format('select count(*) from telemetry.%I', name) into held;
  if held <> moved then return false; end if;
  execute format('drop table telemetry.%I', name);
  return true;
end $$;

revoke all on function telemetry.open_hour, telemetry.drop_hour from public;
grant usage on schema telemetry to keystead_system;
grant execute on function telemetry.open_hour, telemetry.drop_hour, telemetry.hour_name to keystead_system;
grant select, insert, update, delete on all tables in schema telemetry to keystead_system;
