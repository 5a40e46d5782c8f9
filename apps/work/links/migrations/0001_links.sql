-- The newest figures of each thing's line, as the survey found them.
create table links.measured (
  thing bigint primary key,
  organisation uuid not null,
  rssi real,
  latency_ms real,
  damaged bigint not null,
  breaks bigint not null,
  at timestamptz not null
) with (fillfactor = 70);
comment on table links.measured is 'storeLevel=2';
select kernel.protect('links.measured');

-- Each five minutes the lines of one site and bearer; '' = no bearer is known.
create table links.sample (
  organisation uuid not null,
  place text collate "C" not null,
  bearer text collate "C" not null,
  at timestamptz not null,
  total int not null,
  online int not null,
  heard int not null,
  weak int not null,
  loss real,
  latency_ms real,
  rssi real,
  damaged bigint not null,
  breaks bigint not null,
  primary key (organisation, place, bearer, at)
);
comment on table links.sample is 'storeLevel=1';
create index sample_age on links.sample (at);
select kernel.protect('links.sample', 'place');
