-- Alarms of one cause stand under one incident (告警归并). The raw alarms stay as they are.
create table alarms.incident (
  id uuid primary key,
  organisation uuid not null,
  -- The alarm that people handle for all.
  lead uuid not null,
  -- `dependency`: the lead's thing carries the others; `symptom`: the same was found in many places of one ground.
  kind text not null check (kind in ('dependency', 'symptom')),
  -- The gravest severity that was told of it; what is graver is told on its own.
  told_severity smallint not null check (told_severity between 1 and 4),
  -- How many alarms ever came under it: it takes no more than so many.
  members int not null,
  opened_at timestamptz not null,
  last_at timestamptz not null,
  -- When it is looked at again: an alarm that was told of has gone, or become milder.
  due_at timestamptz,
  -- When none of its alarms was active any more.
  ended_at timestamptz
);
create index incident_due on alarms.incident (due_at) where due_at is not null;
create index incident_lead on alarms.incident (lead);
select kernel.protect('alarms.incident');
comment on table alarms.incident is 'storeLevel=2';

alter table alarms.alarm
  -- What was found, the same for all that one cause brings about: the rule, or `platform:offline` for any silence.
  add column symptom text,
  add column incident uuid references alarms.incident,
  -- Stands under the lead of its incident: kept and shown there, and nobody is told of it.
  add column member boolean not null default false;
update alarms.alarm set symptom = rule;
alter table alarms.alarm alter column symptom set not null;
create index alarm_incident on alarms.alarm (incident, severity) where incident is not null;
create index alarm_standing on alarms.alarm (organisation, symptom, place)
  where not member and (condition = 'active' or handling <> 'closed');
create index alarm_active_subject on alarms.alarm (organisation, subject_id) where condition = 'active';

-- How an organisation wants alarms of one cause gathered; without a row as alarms are gathered from the start.
create table alarms.grouping (
  organisation uuid primary key,
  definition jsonb not null,
  version int not null,
  changed_at timestamptz not null,
  changed_by text not null
);
select kernel.protect('alarms.grouping');
comment on table alarms.grouping is 'storeLevel=1';
