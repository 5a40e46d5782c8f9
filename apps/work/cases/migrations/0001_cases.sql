create table cases.case (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  place_id uuid,
  code text not null,
  kind text not null,
  state text not null,
  title text not null,
  description text not null default '',
  category text,
  impact smallint not null check (impact between 1 and 3),
  urgency smallint not null check (urgency between 1 and 3),
  priority smallint not null check (priority between 1 and 4),
  source text not null,
  requester text,
  requester_name text,
  assignee text,
  assignee_name text,
  team text,
  waiting_for text,
  outcome text,
  form jsonb not null default '{}',
  rating smallint check (rating between 1 and 5),
  rating_note text,
  opened_at timestamptz not null,
  accepted_at timestamptz,
  done_at timestamptz,
  ended_at timestamptz,
  reopened int not null default 0,
  changed_at timestamptz not null,
  version int not null,
  unique (organisation, code)
);
create index case_recent on cases.case (organisation, opened_at desc, id desc);
create index case_open on cases.case (organisation, state, opened_at) where ended_at is null;
create index case_assignee on cases.case (organisation, assignee) where ended_at is null;
create index case_consent on cases.case (done_at) where state = 'done';
comment on table cases.case is 'storeLevel=2';
select kernel.protect('cases.case', 'place');

-- The last number given on a local day; over all kinds, so that a number is read out once.
create table cases.counter (
  organisation uuid not null,
  day text not null,
  last int not null,
  primary key (organisation, day)
);
comment on table cases.counter is 'storeLevel=1';
select kernel.protect('cases.counter');

create table cases.subject (
  case_id uuid not null references cases.case on delete cascade,
  organisation uuid not null,
  kind text not null,
  id text not null,
  label text not null,
  main boolean not null,
  primary key (case_id, kind, id)
);
create index subject_of on cases.subject (organisation, kind, id);
comment on table cases.subject is 'storeLevel=2';
select kernel.protect('cases.subject');

create table cases.clock (
  case_id uuid not null references cases.case on delete cascade,
  organisation uuid not null,
  name text not null check (name in ('response', 'resolution')),
  target int not null,
  calendar text not null,
  spent bigint not null,
  running_since timestamptz,
  stopped_at timestamptz,
  warned_at timestamptz,
  breached_at timestamptz,
  warn_at timestamptz,
  due_at timestamptz,
  primary key (case_id, name)
);
create index clock_warn on cases.clock (warn_at) where warned_at is null and warn_at is not null;
create index clock_due on cases.clock (due_at) where breached_at is null and due_at is not null;
comment on table cases.clock is 'storeLevel=1';
select kernel.protect('cases.clock');

-- Every change of state: who, when, why. Rows are only added.
create table cases.history (
  case_id uuid not null references cases.case on delete cascade,
  organisation uuid not null,
  number int not null,
  at timestamptz not null,
  actor text not null,
  actor_name text not null,
  actor_kind text not null,
  step text not null,
  from_state text not null,
  to_state text not null,
  reason text,
  detail jsonb not null default '{}',
  primary key (case_id, number)
);
comment on table cases.history is 'storeLevel=2';
select kernel.protect('cases.history');

create table cases.item (
  id uuid primary key,
  case_id uuid not null references cases.case on delete cascade,
  organisation uuid not null,
  place_in_list int not null,
  text text not null,
  required boolean not null,
  done_at timestamptz,
  done_by text,
  note text
);
create index item_case on cases.item (case_id, place_in_list);
comment on table cases.item is 'storeLevel=2';
select kernel.protect('cases.item');

create table cases.comment (
  id uuid primary key,
  case_id uuid not null references cases.case on delete cascade,
  organisation uuid not null,
  at timestamptz not null,
  actor text not null,
  actor_name text not null,
  internal boolean not null,
  text text not null
);
create index comment_case on cases.comment (case_id, at);
comment on table cases.comment is 'storeLevel=2';
select kernel.protect('cases.comment');

create table cases.evidence (
  id uuid primary key,
  case_id uuid not null references cases.case on delete cascade,
  organisation uuid not null,
  record uuid not null,
  kind text not null,
  note text,
  sha256 text,
  taken_at timestamptz,
  longitude double precision,
  latitude double precision,
  device text,
  at timestamptz not null,
  actor text not null,
  actor_name text not null,
  unique (case_id, record)
);
comment on table cases.evidence is 'storeLevel=2';
select kernel.protect('cases.evidence');

-- Parts used and other cost, in minor units of the organisation's currency; labour is time and cost in one line.
create table cases.cost (
  id uuid primary key,
  case_id uuid not null references cases.case on delete cascade,
  organisation uuid not null,
  kind text not null check (kind in ('part', 'labour', 'other')),
  text text not null,
  part text,
  quantity numeric(12, 3) not null,
  unit_price bigint not null,
  amount bigint not null,
  minutes int,
  at timestamptz not null,
  actor text not null,
  actor_name text not null
);
create index cost_case on cases.cost (case_id, at);
comment on table cases.cost is 'storeLevel=2';
select kernel.protect('cases.cost');

create table cases.link (
  case_id uuid not null references cases.case on delete cascade,
  organisation uuid not null,
  relation text not null check (relation in ('parent', 'caused-by', 'duplicates', 'raised-by')),
  target_kind text not null check (target_kind in ('case', 'alarm')),
  target uuid not null,
  at timestamptz not null,
  primary key (case_id, relation, target_kind, target)
);
create index link_target on cases.link (organisation, target_kind, target);
comment on table cases.link is 'storeLevel=1';
select kernel.protect('cases.link');

-- What opens a case by itself; the first rule that fits decides.
create table cases.rule (
  id uuid primary key,
  organisation uuid not null,
  position int not null,
  name text not null,
  source text not null check (source in ('alarm', 'offline')),
  conditions jsonb not null,
  kind text not null,
  delay int not null check (delay >= 0),
  enabled boolean not null,
  version int not null,
  changed_at timestamptz not null
);
create index rule_of on cases.rule (organisation, source, position);
comment on table cases.rule is 'storeLevel=2';
select kernel.protect('cases.rule');

-- A trouble that is watched: when it is due a case opens, unless it has gone by then.
create table cases.watch (
  organisation uuid not null,
  source text not null,
  source_id text not null,
  present boolean not null,
  since timestamptz not null,
  -- When the news was told: older news that comes late changes nothing.
  told_at timestamptz not null,
  due_at timestamptz,
  place text collate "C" not null,
  subject jsonb not null,
  title text not null,
  severity smallint not null,
  kind text not null,
  case_id uuid,
  primary key (organisation, source, source_id)
);
create index watch_due on cases.watch (due_at) where due_at is not null;
create index watch_case on cases.watch (case_id) where case_id is not null;
comment on table cases.watch is 'storeLevel=2';
select kernel.protect('cases.watch', 'place');

create table cases.calendar (
  organisation uuid not null,
  name text not null,
  definition jsonb not null,
  version int not null,
  changed_at timestamptz not null,
  primary key (organisation, name)
);
comment on table cases.calendar is 'storeLevel=1';
select kernel.protect('cases.calendar');

create table cases.service_level (
  organisation uuid not null,
  kind text not null,
  priority smallint not null check (priority between 1 and 4),
  response int not null check (response > 0),
  resolution int not null check (resolution > 0),
  calendar text not null,
  version int not null,
  changed_at timestamptz not null,
  primary key (organisation, kind, priority)
);
comment on table cases.service_level is 'storeLevel=1';
select kernel.protect('cases.service_level');

-- Organisations that have their first rules; those they delete stay deleted.
create table cases.furnished (
  organisation uuid primary key,
  at timestamptz not null
);
comment on table cases.furnished is 'storeLevel=1';
select kernel.protect('cases.furnished');
