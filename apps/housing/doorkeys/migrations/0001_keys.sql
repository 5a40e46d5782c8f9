-- A key of a household. What it opens with lies sealed under the key of who carries it.
create table doorkeys.key (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  house uuid not null,
  household uuid not null,
  holder uuid not null,
  holder_name text not null,
  kind text not null check (kind in ('card', 'pin', 'face', 'fingerprint', 'qr', 'ble', 'mechanical')),
  pattern text not null check (pattern in ('lasting', 'period', 'once', 'cyclic')),
  label text not null,
  valid_from timestamptz,
  valid_until timestamptz,
  uses int,
  used int not null default 0,
  weekly jsonb,
  sealed bytea,
  issued_at timestamptz not null,
  issued_by text not null,
  frozen_at timestamptz,
  frozen_for text,
  ended_at timestamptz,
  ended_for text check (ended_for in ('revoked', 'lease', 'consent', 'expired', 'used-up')),
  version int not null default 1,
  check ((frozen_at is null) = (frozen_for is null)),
  check ((ended_at is null) = (ended_for is null))
);
comment on table doorkeys.key is 'storeLevel=3';
create index key_house on doorkeys.key (house) where ended_at is null;
create index key_household on doorkeys.key (household);
create index key_holder on doorkeys.key (holder) where ended_at is null;
create index key_list on doorkeys.key (organisation, issued_at desc, id desc);
select kernel.protect('doorkeys.key', 'place');

-- One key in one lock: what it ought to hold (numbered), what was sent, what the lock took, what was read back.
create table doorkeys.slot (
  key uuid not null references doorkeys.key,
  thing uuid not null,
  organisation uuid not null,
  place text collate "C" not null,
  thing_code text not null,
  gate boolean not null,
  wanted jsonb not null,
  wanted_no int not null default 1,
  sent_no int not null default 0,
  written_no int not null default 0,
  confirmed_no int not null default 0,
  command uuid,
  reading uuid,
  tries int not null default 0,
  due timestamptz,
  confirmed_at timestamptz,
  failure text,
  primary key (key, thing)
);
comment on table doorkeys.slot is 'storeLevel=2';
create index slot_unsent on doorkeys.slot (due nulls first) where sent_no < wanted_no;
create index slot_unread on doorkeys.slot (due nulls first) where written_no = wanted_no and confirmed_no < wanted_no;
create index slot_command on doorkeys.slot (command) where command is not null;
create index slot_reading on doorkeys.slot (reading) where reading is not null;
create index slot_thing on doorkeys.slot (thing);
select kernel.protect('doorkeys.slot', 'place');

-- When the clock alone changes something for the keys of a house.
create table doorkeys.house (
  house uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  due timestamptz
);
comment on table doorkeys.house is 'storeLevel=1';
create index house_due on doorkeys.house (due) where due is not null;
select kernel.protect('doorkeys.house', 'place');

-- A person closed the front door to a household, on a paper: it handed the house over, or a court ordered it.
create table doorkeys.closing (
  household uuid not null,
  house uuid not null,
  organisation uuid not null,
  place text collate "C" not null,
  ground text not null check (ground in ('handed-over', 'court-order')),
  document text not null,
  at timestamptz not null,
  by_id text not null,
  by_name text not null,
  primary key (household, house)
);
comment on table doorkeys.closing is 'storeLevel=2';
select kernel.protect('doorkeys.closing', 'place');

-- Lines of the locks' own logs, each once, whenever and however often they came.
create table doorkeys.record (
  thing uuid not null,
  seq bigint not null,
  organisation uuid not null,
  place text collate "C" not null,
  key uuid,
  at timestamptz not null,
  received timestamptz not null,
  event text not null,
  direction text check (direction in ('in', 'out')),
  means text,
  grant_id text,
  reason text,
  primary key (thing, seq)
);
comment on table doorkeys.record is 'storeLevel=3';
create index record_key on doorkeys.record (key, at desc) where key is not null;
create index record_list on doorkeys.record (organisation, at desc, thing, seq);
create index record_at on doorkeys.record (at);
select kernel.protect('doorkeys.record', 'place');
