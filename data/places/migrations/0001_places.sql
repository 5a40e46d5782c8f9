-- One tree of places per organisation. `number` gives each node its segment of the path for life, so that a moved
-- node never meets a sibling with the same segment.
create table places.place (
  number bigint generated always as identity primary key,
  id uuid not null unique,
  organisation uuid not null,
  parent uuid references places.place (id),
  kind text not null,
  code text collate "C" not null,
  name text not null,
  path text collate "C" not null,
  ord int not null default 0,
  tags text[] not null default '{}',
  division_code text,
  retired boolean not null default false,
  attributes jsonb not null default '{}',
  geometry jsonb,
  batch uuid,
  version int not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  constraint place_code_unique unique nulls not distinct (organisation, parent, code),
  constraint place_path_unique unique (organisation, path)
);
comment on table places.place is 'storeLevel=2';
create index place_parent on places.place (parent);
create index place_batch on places.place (batch) where batch is not null;
select kernel.protect('places.place', 'path');

create table places.import_batch (
  id uuid primary key,
  organisation uuid not null,
  at timestamptz not null,
  by text not null,
  count int not null,
  undone_at timestamptz
);
comment on table places.import_batch is 'storeLevel=2';
create index import_batch_latest on places.import_batch (organisation, at desc);
select kernel.protect('places.import_batch');

create schema places_pub;
create view places_pub.place with (security_invoker = true) as
  select id, organisation, parent, kind, code, name, path, ord, tags, division_code, retired, attributes, version from places.place;
grant usage on schema places_pub to keystead_app, keystead_system;
grant select on all tables in schema places_pub to keystead_app, keystead_system;
