-- One household, one file. Who lives there and what is known of them stands with data/parties.
create table households.file (
  number bigint generated always as identity,
  household uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  tags text[] not null default '{}',
  -- application, check-in, register
  opened_by text not null,
  opened_at timestamptz not null,
  version int not null default 1
);
comment on table households.file is 'storeLevel=3';
create index file_list on households.file (organisation, opened_at desc, household desc);
select kernel.protect('households.file', 'place');

-- H-9.1.2-c-1: who needs care. Health in substance, so only those who care may see a row of it.
create table households.mark (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  household uuid not null references households.file,
  person uuid not null,
  kind text not null check (kind in ('very-old', 'seriously-ill', 'severely-disabled')),
  source text not null,
  evidence uuid,
  valid_from date not null,
  valid_to date,
  marked_at timestamptz not null,
  marked_by text not null,
  ended_at timestamptz,
  check (valid_to is null or valid_to >= valid_from)
);
comment on table households.mark is 'storeLevel=3';
create index mark_household on households.mark (household);
create unique index mark_once on households.mark (person, kind) where ended_at is null;
select kernel.protect('households.mark', 'place');

create table households.change (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  household uuid not null references households.file,
  party uuid not null,
  kind text not null check (kind in ('income', 'members', 'housing')),
  proposal uuid not null,
  evidence uuid[] not null,
  note text not null,
  state text not null check (state in ('submitted', 'approved', 'refused', 'withdrawn')),
  case_id uuid not null,
  case_code text not null,
  submitted_at timestamptz not null,
  submitted_by text not null,
  decided_at timestamptz,
  decided_by text,
  reason text,
  version int not null default 1,
  check ((state = 'submitted') = (decided_at is null))
);
comment on table households.change is 'storeLevel=3';
create index change_list on households.change (organisation, submitted_at desc, id desc);
create unique index change_open on households.change (household, kind) where state = 'submitted';
select kernel.protect('households.change', 'place');
