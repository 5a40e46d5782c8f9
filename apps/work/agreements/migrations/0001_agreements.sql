create extension if not exists btree_gist;

create table agreements.agreement (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  kind text not null,
  code text not null,
  title text not null,
  -- What it is about, such as a house (its place id).
  subject uuid not null,
  state text not null,
  starts_on date not null,
  ends_on date not null,
  -- Days on which it holds its subject; open at the end while nobody has left; null = holds nothing.
  held daterange,
  replaces uuid references agreements.agreement,
  version int not null,
  created_at timestamptz not null,
  changed_at timestamptz not null,
  check (ends_on >= starts_on),
  unique (organisation, code),
  -- No two that bind the same subject on one day.
  constraint agreement_no_overlap exclude using gist (organisation with =, kind with =, subject with =, held with &&) where (held is not null)
);
create index agreement_recent on agreements.agreement (organisation, kind, id);
create index agreement_state on agreements.agreement (organisation, kind, state, id);
create index agreement_subject on agreements.agreement (subject);
create index agreement_replaces on agreements.agreement (replaces) where replaces is not null;
create index agreement_ends on agreements.agreement (ends_on) where held is not null;
comment on table agreements.agreement is 'storeLevel=3';
select kernel.protect('agreements.agreement', 'place');

create table agreements.party (
  agreement uuid not null references agreements.agreement,
  organisation uuid not null,
  role text not null,
  party uuid not null,
  name text not null,
  primary key (agreement, role, party)
);
create index party_of on agreements.party (organisation, party);
comment on table agreements.party is 'storeLevel=3';
select kernel.protect('agreements.party');

-- Every state and every wording it ever had (H-9.3-c). Rows are only added.
create table agreements.version (
  agreement uuid not null references agreements.agreement,
  organisation uuid not null,
  number int not null,
  step text not null,
  state text not null,
  starts_on date not null,
  ends_on date not null,
  terms jsonb not null,
  fees jsonb not null,
  -- Over parties, subject, period, terms and fees: what a signature is put under.
  digest text not null,
  reason text not null,
  at timestamptz not null,
  actor text not null,
  actor_name text not null,
  primary key (agreement, number)
);
comment on table agreements.version is 'storeLevel=3';
select kernel.protect('agreements.version');

create table agreements.signature (
  id uuid primary key,
  agreement uuid not null references agreements.agreement,
  organisation uuid not null,
  version int not null,
  role text not null,
  party uuid not null,
  digest text not null,
  evidence jsonb not null,
  at timestamptz not null,
  actor text not null,
  actor_name text not null
);
create index signature_of on agreements.signature (agreement, version);
comment on table agreements.signature is 'storeLevel=3';
select kernel.protect('agreements.signature');

-- What is paid for, from when to when; `basis` is read by whoever bills it.
create table agreements.fee (
  id uuid primary key,
  agreement uuid not null references agreements.agreement,
  organisation uuid not null,
  subject text not null,
  basis jsonb not null,
  starts_on date not null,
  ends_on date,
  check (ends_on is null or ends_on >= starts_on),
  constraint fee_once exclude using gist (agreement with =, subject with =, daterange(starts_on, ends_on, '[]') with &&)
);
create index fee_of on agreements.fee (agreement);
comment on table agreements.fee is 'storeLevel=2';
select kernel.protect('agreements.fee');

-- Who changed what is paid, when, from what to what, on which basis (H-9.1.4-b). Rows are only added.
create table agreements.fee_change (
  id uuid primary key,
  agreement uuid not null references agreements.agreement,
  organisation uuid not null,
  subject text not null,
  before jsonb,
  after jsonb,
  effective_on date not null,
  basis text not null check (basis <> ''),
  at timestamptz not null,
  actor text not null,
  actor_name text not null
);
create index fee_change_of on agreements.fee_change (agreement, at);
create index fee_change_recent on agreements.fee_change (organisation, at desc);
comment on table agreements.fee_change is 'storeLevel=2';
select kernel.protect('agreements.fee_change');

-- What the clock told of it, each once.
create table agreements.mark (
  agreement uuid not null references agreements.agreement,
  organisation uuid not null,
  name text not null,
  at timestamptz not null,
  primary key (agreement, name)
);
comment on table agreements.mark is 'storeLevel=1';
select kernel.protect('agreements.mark');

-- The last number given in a year of a kind.
create table agreements.counter (
  organisation uuid not null,
  kind text not null,
  year text not null,
  last int not null,
  primary key (organisation, kind, year)
);
comment on table agreements.counter is 'storeLevel=1';
select kernel.protect('agreements.counter');

create function agreements.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'check_violation', constraint = 'append_only';
end $$;
create trigger kept before update or delete on agreements.version for each row execute function agreements.refuse_change();
create trigger kept before update or delete on agreements.signature for each row execute function agreements.refuse_change();
create trigger kept before update or delete on agreements.fee_change for each row execute function agreements.refuse_change();

create schema agreements_pub;
create view agreements_pub.agreement with (security_invoker = true) as
  select id, organisation, place, kind, code, subject, state, starts_on, ends_on from agreements.agreement;
create view agreements_pub.party with (security_invoker = true) as
  select agreement, organisation, role, party, name from agreements.party;
grant usage on schema agreements_pub to keystead_app, keystead_system;
grant select on all tables in schema agreements_pub to keystead_app, keystead_system;
