-- A house is a place of kind house; what letting adds to it is kept here under the same id.
create table stock.house (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  state text not null,
  -- Since when it is in this state.
  since timestamptz not null,
  -- Since when nobody lives there without a break; null while somebody does or it was never delivered.
  vacant_since timestamptz,
  reserved_until timestamptz,
  repairing boolean not null default false,
  lease uuid,
  dossier jsonb not null default '{}',
  completeness smallint not null,
  missing text[] not null default '{}',
  batch uuid,
  version int not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  unique (organisation, place)
);
comment on table stock.house is 'storeLevel=2';
create index house_state on stock.house (organisation, state, vacant_since);
create index house_batch on stock.house (batch) where batch is not null;
create index house_reserved on stock.house (reserved_until) where reserved_until is not null;
select kernel.protect('stock.house', 'place');

-- What the house was from when on, by whom and why (H-9.1.1-d-1). Rows are only ever added.
create table stock.status (
  house uuid not null references stock.house (id) on delete cascade,
  organisation uuid not null,
  place text collate "C" not null,
  number int not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  step text not null,
  from_state text not null,
  to_state text not null,
  repairing boolean not null,
  actor text not null,
  actor_name text not null,
  reason text,
  lease uuid,
  handover uuid,
  primary key (house, number)
);
comment on table stock.status is 'storeLevel=2';
create index status_at on stock.status (house, at);
create index status_place on stock.status (organisation, place, at);
select kernel.protect('stock.status', 'place');

-- Each version of a dossier as it stood.
create table stock.edition (
  house uuid not null references stock.house (id) on delete cascade,
  organisation uuid not null,
  place text collate "C" not null,
  number int not null,
  at timestamptz not null,
  actor text not null,
  actor_name text not null,
  groups text[] not null,
  dossier jsonb not null,
  -- What the place itself said at the time: name, tags, attributes.
  facts jsonb not null,
  batch uuid,
  primary key (house, number)
);
comment on table stock.edition is 'storeLevel=2';
create index edition_batch on stock.edition (batch) where batch is not null;
select kernel.protect('stock.edition', 'place');

-- What happened at the house, told by the modules it happened in (H-9.3-a).
create table stock.happening (
  id uuid primary key,
  house uuid not null references stock.house (id) on delete cascade,
  organisation uuid not null,
  place text collate "C" not null,
  at timestamptz not null,
  kind text not null,
  what text not null,
  ref_kind text not null,
  ref text not null,
  title text not null,
  detail jsonb not null default '{}'
);
comment on table stock.happening is 'storeLevel=2';
create index happening_house on stock.happening (house, at desc, id desc);
select kernel.protect('stock.happening', 'place');

create table stock.import_batch (
  id uuid primary key,
  organisation uuid not null,
  at timestamptz not null,
  by text not null,
  count int not null,
  place_batch uuid,
  undone_at timestamptz
);
comment on table stock.import_batch is 'storeLevel=2';
create index import_batch_latest on stock.import_batch (organisation, at desc);
select kernel.protect('stock.import_batch');

-- The grade last warned of, so that a warning is touched only when it changes.
create table stock.vacancy_warning (
  -- No reference: of a file that was taken out, the warning still has to be cleared.
  house uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  grade smallint not null,
  at timestamptz not null
);
comment on table stock.vacancy_warning is 'storeLevel=2';
select kernel.protect('stock.vacancy_warning', 'place');

create schema stock_pub;
create view stock_pub.house with (security_invoker = true) as
  select id, organisation, place, state, since, vacant_since, reserved_until, repairing, lease, completeness from stock.house;
create view stock_pub.status with (security_invoker = true) as
  select house, organisation, place, number, at, from_state, to_state, repairing, reason, lease from stock.status;
grant usage on schema stock_pub to keystead_app, keystead_system;
grant select on all tables in schema stock_pub to keystead_app, keystead_system;
