-- Bytes as they lie on disk, each organisation's own: the same contents twice are one object with one key.
create table records.object (
  id uuid primary key,
  organisation uuid not null,
  hash bytea not null,
  store_level int2 not null check (store_level between 1 and 3),
  size int8 not null,
  encrypted boolean not null,
  made_at timestamptz not null,
  -- set when its last record went: the key is gone, and the file with it
  shredded_at timestamptz,
  check (encrypted or store_level = 1)
);
create unique index object_contents on records.object (organisation, hash, store_level) where shredded_at is null;
comment on table records.object is 'storeLevel=2';
select kernel.protect('records.object');

-- A file or document with its labels. Without store_level there is none (H-8.4-0-1).
create table records.record (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  subject text not null,
  name text not null,
  media_type text not null,
  size int8 not null,
  hash bytea not null,
  object uuid not null references records.object,
  store_level int2 not null check (store_level between 1 and 3),
  transfer_level int2 check (transfer_level between 1 and 3),
  retention_years int2 not null check (retention_years between 1 and 100),
  keep_until timestamptz not null,
  legal_hold boolean not null default false,
  state text not null check (state in ('kept', 'removed', 'expired')),
  created_at timestamptz not null,
  created_by text not null,
  created_by_name text not null,
  removed_at timestamptz,
  version int not null default 1,
  check ((state = 'kept') = (removed_at is null))
);
create index record_subject on records.record (organisation, subject, id desc);
create index record_object on records.record (object) where state = 'kept';
create index record_due on records.record (keep_until) where state = 'kept' and not legal_hold;
comment on table records.record is 'storeLevel=3';
select kernel.protect('records.record', 'place');
