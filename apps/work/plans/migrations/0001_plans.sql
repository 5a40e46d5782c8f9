-- A plan, and each version of what it says. Occurrences keep the version they were made from.
create table plans.plan (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  place_id uuid,
  code text not null,
  name text not null,
  kind text not null,
  system text not null,
  cycle text not null,
  enabled boolean not null default true,
  edition int not null,
  definition jsonb not null,
  -- Moments up to here have been made; it never goes back, whatever the clock does.
  made_until timestamptz not null,
  -- When to look again.
  due_at timestamptz,
  version int not null default 1,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  unique (organisation, code)
);
comment on table plans.plan is 'storeLevel=2';
create index plan_due on plans.plan (due_at) where enabled;
select kernel.protect('plans.plan', 'place');

create table plans.edition (
  plan uuid not null references plans.plan (id) on delete cascade,
  organisation uuid not null,
  number int not null,
  at timestamptz not null,
  actor_name text not null,
  -- Kept with the version: who goes a round may not see the whole of the plan.
  code text not null,
  name text not null,
  definition jsonb not null,
  primary key (plan, number)
);
comment on table plans.edition is 'storeLevel=2';
select kernel.protect('plans.edition');

-- What a plan is for. `mark` is the reading the next use-based occurrence counts from; `held` that a condition holds.
create table plans.subject (
  plan uuid not null references plans.plan (id) on delete cascade,
  organisation uuid not null,
  number int not null,
  kind text not null,
  id uuid not null,
  label text not null,
  place text collate "C" not null,
  mark double precision,
  turns int not null default 0,
  held boolean not null default false,
  primary key (plan, number)
);
comment on table plans.subject is 'storeLevel=2';
select kernel.protect('plans.subject', 'place');

create table plans.occurrence (
  id uuid primary key,
  plan uuid not null references plans.plan (id),
  organisation uuid not null,
  place text collate "C" not null,
  key text not null,
  subject_kind text not null,
  subject uuid not null,
  subject_label text not null,
  edition int not null,
  at timestamptz not null,
  deadline timestamptz not null,
  state text not null,
  case_id uuid,
  case_code text,
  supervision uuid,
  made_at timestamptz not null,
  missed_at timestamptz,
  done_at timestamptz,
  done_by text,
  -- Two workers, a restart or a clock set back: the same occurrence is never made twice.
  constraint occurrence_once unique (plan, subject, key)
);
comment on table plans.occurrence is 'storeLevel=2';
create index occurrence_open on plans.occurrence (deadline) where state = 'open' and missed_at is null;
create index occurrence_case on plans.occurrence (case_id);
create index occurrence_place on plans.occurrence (organisation, place, at);
create index occurrence_plan on plans.occurrence (plan, at);
select kernel.protect('plans.occurrence', 'place');

-- What was read at a point of a round. Each line holds the digest of the one before it.
create table plans.reading (
  occurrence uuid not null references plans.occurrence (id),
  organisation uuid not null,
  place text collate "C" not null,
  point int not null,
  at timestamptz not null,
  actor text not null,
  actor_name text not null,
  value double precision,
  passed boolean not null,
  note text,
  record uuid,
  sha256 text,
  taken_at timestamptz,
  longitude double precision,
  latitude double precision,
  device text,
  former text not null,
  digest text not null,
  primary key (occurrence, point)
);
comment on table plans.reading is 'storeLevel=2';
select kernel.protect('plans.reading', 'place');

-- The ledger of rounds is only ever added to; a subtree that moves takes its path along and changes nothing else.
create function plans.keep_reading() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (to_jsonb(new) - 'place') = (to_jsonb(old) - 'place') then
    return new;
  end if;
  raise exception 'readings of rounds are not changed' using errcode = 'restrict_violation';
end $$;
create trigger keep_reading before update or delete on plans.reading for each row execute function plans.keep_reading();
