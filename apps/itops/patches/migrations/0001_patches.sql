-- I-8.3-c: what is known to be weak, where it was found, and the work that removes it.
create table patches.advisory (
  id uuid primary key,
  organisation uuid not null,
  code text collate "C" not null,
  title text not null,
  summary text not null,
  severity int not null check (severity between 1 and 4),
  source text not null check (source in ('hand', 'osv', 'csaf')),
  affected jsonb not null,
  links jsonb not null,
  published_at timestamptz,
  withdrawn_at timestamptz,
  version int not null default 1,
  recorded_at timestamptz not null,
  constraint advisory_code_unique unique (organisation, code)
);
comment on table patches.advisory is 'storeLevel=2';
create index advisory_list on patches.advisory (organisation, recorded_at desc, id desc);
select kernel.protect('patches.advisory');

create table patches.task (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  advisory uuid not null references patches.advisory,
  asset_group text collate "C" not null,
  case_id uuid not null unique,
  case_code text not null,
  state text not null check (state in ('open', 'verified', 'waived')),
  opened_at timestamptz not null,
  checked_at timestamptz not null,
  verified_at timestamptz,
  unique (advisory, asset_group)
);
comment on table patches.task is 'storeLevel=2';
create index task_list on patches.task (organisation, opened_at desc, id desc);
select kernel.protect('patches.task', 'place');

create table patches.finding (
  task uuid not null references patches.task,
  organisation uuid not null,
  place text collate "C" not null,
  asset_kind text not null check (asset_kind in ('platform', 'thing')),
  asset text collate "C" not null,
  label text not null,
  ecosystem text collate "C" not null,
  package text collate "C" not null,
  version text not null,
  fixed text,
  state text not null check (state in ('affected', 'patched', 'gone')),
  found_at timestamptz not null,
  seen_at timestamptz not null,
  primary key (task, asset, ecosystem, package)
);
comment on table patches.finding is 'storeLevel=2';
select kernel.protect('patches.finding', 'place');
