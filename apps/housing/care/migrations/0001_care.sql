-- Who is to be visited how often. Health in substance: only those who care see a row of it.
create table care.visit_plan (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  household uuid not null,
  person uuid not null,
  recurrence jsonb not null,
  worker text not null,
  made_until timestamptz not null,
  ended_at timestamptz,
  made_by text not null,
  made_at timestamptz not null
);
comment on table care.visit_plan is 'storeLevel=3';
create index visit_plan_running on care.visit_plan (made_until) where ended_at is null;
select kernel.protect('care.visit_plan', 'place');

create table care.visit (
  number bigint generated always as identity,
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  plan uuid not null references care.visit_plan,
  key text not null,
  household uuid not null,
  person uuid not null,
  due_on date not null,
  state text not null check (state in ('due', 'done', 'dropped')),
  overdue_at timestamptz,
  done_at timestamptz,
  constraint visit_once unique (plan, key)
);
comment on table care.visit is 'storeLevel=3';
create index visit_due on care.visit (due_on) where state = 'due';
create index visit_list on care.visit (organisation, due_on desc, id desc);
select kernel.protect('care.visit', 'place');

-- The ledger of services 服务台账: only ever added to; what was said lies sealed under the person's key.
create table care.service (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  household uuid not null,
  person uuid not null,
  kind text not null check (kind in ('visit', 'call', 'errand', 'medical', 'help', 'other')),
  visit uuid references care.visit,
  at timestamptz not null,
  note bytea,
  logged_at timestamptz not null,
  logged_by text not null,
  logged_by_name text not null
);
comment on table care.service is 'storeLevel=3';
create index service_list on care.service (organisation, at desc, id desc);
create index service_person on care.service (person, at desc);
create unique index service_visit on care.service (visit) where visit is not null;
select kernel.protect('care.service', 'place');
create function care.only_added() returns trigger language plpgsql as $$
begin
  raise exception 'the ledger of services is only added to';
end $$;
create trigger service_fixed before update of kind, person, visit, at, note, logged_at, logged_by or delete on care.service
  for each row execute function care.only_added();

-- A medical aid and whose it is.
create table care.aid (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  thing bigint not null,
  thing_id uuid not null,
  household uuid not null,
  person uuid not null,
  linked_at timestamptz not null,
  linked_by text not null,
  ended_at timestamptz
);
comment on table care.aid is 'storeLevel=3';
create unique index aid_once on care.aid (thing) where ended_at is null;
select kernel.protect('care.aid', 'place');

create table care.medical_service (
  organisation uuid primary key,
  url text not null,
  secret bytea not null,
  set_at timestamptz not null
);
comment on table care.medical_service is 'storeLevel=3';
select kernel.protect('care.medical_service');

-- What goes to the medical service. The content is sealed, and gone once it was taken.
create table care.forwarding (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  person uuid not null,
  aid uuid not null references care.aid,
  key text not null unique,
  event text not null,
  at timestamptz not null,
  content bytea,
  state text not null check (state in ('waiting', 'sent', 'failed', 'withdrawn')),
  attempts int not null default 0,
  next_at timestamptz not null,
  settled_at timestamptz,
  check ((state = 'waiting') = (content is not null))
);
comment on table care.forwarding is 'storeLevel=3';
create index forwarding_due on care.forwarding (next_at) where state = 'waiting';
create index forwarding_person on care.forwarding (person, at desc);
select kernel.protect('care.forwarding', 'place');
