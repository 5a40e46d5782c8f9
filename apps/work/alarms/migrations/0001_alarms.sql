create table alarms.rule (
  id uuid primary key,
  organisation uuid not null,
  -- Thing model family the rule applies to; the definition may narrow it further.
  family text not null,
  name text not null,
  enabled boolean not null default true,
  definition jsonb not null,
  -- Set for rules that ship with a model, so that they are seeded once.
  builtin text,
  version int not null default 1,
  changed_at timestamptz not null,
  changed_by text not null
);
create unique index rule_builtin on alarms.rule (organisation, builtin) where builtin is not null;
create index rule_family on alarms.rule (organisation, family);
select kernel.protect('alarms.rule');
comment on table alarms.rule is 'storeLevel=2';

create table alarms.alarm (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  -- A rule's id, or the platform's own source such as `platform:offline`.
  rule text not null,
  subject_kind text not null,
  subject_id text not null,
  subject_code text not null,
  subject_name text not null,
  title_zh text not null,
  title_en text not null,
  severity smallint not null check (severity between 1 and 4),
  worst_severity smallint not null check (worst_severity between 1 and 4),
  transfer_level smallint not null check (transfer_level between 1 and 3),
  condition text not null check (condition in ('active', 'cleared')),
  handling text not null check (handling in ('new', 'acknowledged', 'handling', 'resolved', 'reviewed', 'closed')),
  suppressed_by uuid,
  escalated boolean not null default false,
  false_positive boolean not null default false,
  occurrences int not null default 1,
  first_event_time timestamptz not null,
  last_event_time timestamptz not null,
  readings jsonb not null,
  raised_at timestamptz not null,
  acknowledged_at timestamptz,
  handling_at timestamptz,
  cleared_at timestamptz,
  resolved_at timestamptz,
  reviewed_at timestamptz,
  closed_at timestamptz,
  handler uuid,
  handler_name text,
  version int not null default 1
);
create unique index alarm_one_open on alarms.alarm (organisation, rule, subject_kind, subject_id) where condition = 'active' or handling <> 'closed';
create index alarm_open_list on alarms.alarm (organisation, severity, raised_at desc) where condition = 'active' or handling <> 'closed';
create index alarm_list on alarms.alarm (organisation, raised_at desc, id);
create index alarm_subject on alarms.alarm (subject_kind, subject_id, raised_at desc);
select kernel.protect('alarms.alarm', 'place');
comment on table alarms.alarm is 'storeLevel=2';

-- Every finding of an open alarm: what the rule saw each time.
create table alarms.occurrence (
  id uuid primary key,
  organisation uuid not null,
  alarm uuid not null references alarms.alarm on delete cascade,
  kind text not null,
  severity smallint not null,
  event_time timestamptz not null,
  at timestamptz not null,
  readings jsonb not null
);
create index occurrence_alarm on alarms.occurrence (alarm, event_time desc);
select kernel.protect('alarms.occurrence');
comment on table alarms.occurrence is 'storeLevel=2';

-- Every step people took.
create table alarms.step (
  id uuid primary key,
  organisation uuid not null,
  alarm uuid not null references alarms.alarm on delete cascade,
  step text not null,
  from_state text not null,
  to_state text not null,
  actor text not null,
  actor_name text not null,
  note text not null,
  at timestamptz not null
);
create index step_alarm on alarms.step (alarm, at);
select kernel.protect('alarms.step');
comment on table alarms.step is 'storeLevel=2';

create table alarms.silence (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  rule text,
  subject_id text,
  since timestamptz not null,
  until timestamptz not null,
  reason text not null,
  by_name text not null
);
create index silence_until on alarms.silence (organisation, until);
select kernel.protect('alarms.silence', 'place');
comment on table alarms.silence is 'storeLevel=2';

-- What a rule remembers of a thing between messages; stored together with the mark of the stream it is true at.
create table alarms.rule_state (
  rule uuid not null,
  thing bigint not null,
  state jsonb not null,
  wake_at timestamptz,
  primary key (rule, thing)
);
comment on table alarms.rule_state is 'storeLevel=2';
