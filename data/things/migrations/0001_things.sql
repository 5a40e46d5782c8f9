-- Models of one organisation; those the product ships live in its code. A version is written once and never changed.
create table things.model (
  organisation uuid not null,
  family text collate "C" not null,
  version int not null,
  document jsonb not null,
  published_at timestamptz not null,
  published_by text not null,
  primary key (organisation, family, version)
);
comment on table things.model is 'storeLevel=2';
select kernel.protect('things.model');

create table things.naming_rule (
  organisation uuid not null,
  family text collate "C" not null,
  pattern text not null,
  explanation text not null default '',
  primary key (organisation, family)
);
comment on table things.naming_rule is 'storeLevel=2';
select kernel.protect('things.naming_rule');

-- `number` is the dense key of telemetry. `place` is the path of `place_id`; '' = nowhere yet.
create table things.thing (
  number bigint generated always as identity primary key,
  id uuid not null unique,
  organisation uuid not null,
  place text collate "C" not null default '',
  place_id uuid,
  code text collate "C" not null,
  name text not null,
  family text collate "C" not null,
  model_version int not null,
  state text not null check (state in ('planned', 'purchased', 'stored', 'installed', 'commissioned', 'in-use', 'maintenance', 'retired', 'scrapped')),
  whitelist text not null check (whitelist in ('admitted', 'suspended', 'revoked')),
  bearer text,
  protocol text,
  maker text,
  production_date date,
  serial text,
  specification text,
  warranty_until date,
  contract_no text,
  labels jsonb not null default '{}',
  batch uuid,
  version int not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  constraint thing_code_unique unique (organisation, code)
);
comment on table things.thing is 'storeLevel=2';
create index thing_place on things.thing (organisation, place);
create index thing_model on things.thing (organisation, family);
create index thing_batch on things.thing (batch) where batch is not null;
select kernel.protect('things.thing', 'place');

create table things.lifecycle_step (
  id uuid primary key,
  organisation uuid not null,
  thing bigint not null references things.thing on delete cascade,
  from_state text not null,
  to_state text not null,
  evidence jsonb not null default '{}',
  at timestamptz not null,
  by text not null
);
comment on table things.lifecycle_step is 'storeLevel=2';
create index lifecycle_step_thing on things.lifecycle_step (thing, at);
select kernel.protect('things.lifecycle_step');

create table things.relation (
  organisation uuid not null,
  source bigint not null references things.thing on delete cascade,
  kind text not null check (kind in ('contains', 'connects', 'feeds', 'runs-on', 'depends-on', 'controls', 'protects', 'located-in', 'backs-up')),
  target bigint not null references things.thing on delete cascade,
  at timestamptz not null,
  primary key (source, kind, target),
  check (source <> target)
);
comment on table things.relation is 'storeLevel=2';
create index relation_target on things.relation (target, kind);
-- A thing stands in one container at most.
create unique index relation_container on things.relation (target) where kind = 'contains';
select kernel.protect('things.relation');

-- H-9.5.1-a: what was done to a thing, and the spare parts it took.
create table things.part (
  id uuid primary key,
  organisation uuid not null,
  code text collate "C" not null,
  name text not null,
  unit text not null default '',
  stock int not null check (stock >= 0),
  low_mark int not null default 0,
  version int not null default 1,
  unique (organisation, code)
);
comment on table things.part is 'storeLevel=2';
select kernel.protect('things.part');

create table things.thing_part (
  organisation uuid not null,
  thing bigint not null references things.thing on delete cascade,
  part uuid not null references things.part,
  quantity int not null check (quantity > 0),
  primary key (thing, part)
);
comment on table things.thing_part is 'storeLevel=2';
select kernel.protect('things.thing_part');

create table things.maintenance (
  id uuid primary key,
  organisation uuid not null,
  thing bigint not null references things.thing on delete cascade,
  at timestamptz not null,
  kind text not null,
  content text not null,
  problems text not null default '',
  result text not null default '',
  by text not null,
  parts jsonb not null default '[]',
  recorded_at timestamptz not null
);
comment on table things.maintenance is 'storeLevel=2';
create index maintenance_thing on things.maintenance (thing, at desc);
select kernel.protect('things.maintenance');

-- Running time and energy, kept by telemetry; for filters over the whole registry (I-5.2.2.2).
create table things.usage (
  thing bigint primary key references things.thing on delete cascade,
  organisation uuid not null,
  run_seconds double precision not null default 0,
  energy_kwh double precision not null default 0,
  updated timestamptz not null
) with (fillfactor = 80);
comment on table things.usage is 'storeLevel=2';
select kernel.protect('things.usage');
