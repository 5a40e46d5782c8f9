-- Papers of a device: which standard, by which certificate, until when, with which file (H-6.2-a, H-6.3-0-1, H-6.4-0, H-6.5-0).
create table things.evidence (
  organisation uuid not null,
  thing bigint not null references things.thing on delete cascade,
  standard text not null,
  certificate text not null,
  verified_on date not null,
  valid_until date,
  record uuid,
  at timestamptz not null,
  by text not null,
  primary key (thing, standard)
);
comment on table things.evidence is 'storeLevel=2';
select kernel.protect('things.evidence');

-- One word of each battery a day, kept longer than the signals themselves, for the trend of its life (H-6.3-d, H-6.4-c-1).
create table things.battery_sample (
  thing bigint not null references things.thing on delete cascade,
  organisation uuid not null,
  day date not null,
  percent real not null,
  primary key (thing, day)
);
comment on table things.battery_sample is 'storeLevel=1';
select kernel.protect('things.battery_sample');

create table things.battery_forecast (
  thing bigint primary key references things.thing on delete cascade,
  organisation uuid not null,
  years real,
  empty_at timestamptz,
  readings int not null,
  short boolean not null,
  at timestamptz not null
);
comment on table things.battery_forecast is 'storeLevel=1';
select kernel.protect('things.battery_forecast');
