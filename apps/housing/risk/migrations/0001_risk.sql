-- What passed at a home on a day, in sums. Marks tell credentials apart within one home and are of no use elsewhere.
create table risk.day (
  house uuid not null,
  organisation uuid not null,
  place text collate "C" not null,
  day date not null,
  entries int not null default 0,
  night int not null default 0,
  marks text[] not null default '{}',
  trouble int not null default 0,
  primary key (house, day)
);
comment on table risk.day is 'storeLevel=3';
create index day_age on risk.day (day);
select kernel.protect('risk.day', 'place');

-- How far a meter of a home stood on a day; litres or kWh.
create table risk.meter_day (
  thing bigint not null,
  house uuid not null,
  organisation uuid not null,
  place text collate "C" not null,
  kind text not null check (kind in ('water', 'electricity')),
  day date not null,
  low double precision not null,
  high double precision not null,
  primary key (thing, day)
);
comment on table risk.meter_day is 'storeLevel=3';
create index meter_day_house on risk.meter_day (house, day);
create index meter_day_age on risk.meter_day (day);
select kernel.protect('risk.meter_day', 'place');

create table risk.setting (
  organisation uuid primary key,
  rules jsonb not null,
  version int not null default 1,
  changed_at timestamptz not null
);
comment on table risk.setting is 'storeLevel=1';
select kernel.protect('risk.setting');

-- A warning as people answer for it. What it is as an alarm stands with the alarm.
create table risk.warning (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  kind text not null,
  rule text not null,
  subject_kind text not null,
  subject uuid not null,
  subject_name text not null,
  house uuid,
  alarm uuid not null,
  grade smallint not null check (grade between 1 and 4),
  score double precision not null,
  reasons jsonb not null,
  state text not null check (state in ('open', 'closed')),
  -- the condition no longer holds
  lifted_at timestamptz,
  owner text not null,
  owner_name text not null,
  case_id uuid,
  case_code text,
  action text,
  person text,
  result text,
  feedback text check (feedback in ('confirmed', 'unfounded', 'unclear')),
  closed_by text,
  opened_at timestamptz not null,
  closed_at timestamptz,
  -- the alarm was taken to its end too
  settled boolean not null default false,
  version int not null default 1,
  check ((state = 'closed') = (closed_at is not null)),
  -- no warning ends without what was done, by whom, and with which result
  check (state = 'open' or (action <> '' and person <> '' and result <> '' and feedback is not null and closed_by is not null))
);
comment on table risk.warning is 'storeLevel=2';
create unique index warning_once on risk.warning (organisation, rule, subject) where state = 'open';
create index warning_list on risk.warning (organisation, state, opened_at desc, id desc);
create index warning_alarm on risk.warning (alarm);
create index warning_unsettled on risk.warning (closed_at) where state = 'closed' and not settled;
select kernel.protect('risk.warning', 'place');

create table risk.history (
  warning uuid not null references risk.warning,
  organisation uuid not null,
  number int not null,
  at timestamptz not null,
  step text not null,
  grade smallint not null,
  actor_name text not null,
  detail jsonb not null default '{}',
  primary key (warning, number)
);
comment on table risk.history is 'storeLevel=2';
select kernel.protect('risk.history');

-- Evidence handed in on line: what the phone measured of it as it was taken, against what arrived.
create table risk.evidence (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  case_id uuid not null,
  record uuid not null,
  media_type text not null,
  claimed text not null,
  arrived text not null,
  altered boolean not null,
  taken_at timestamptz not null,
  longitude double precision not null,
  latitude double precision not null,
  handed_in_at timestamptz not null,
  handed_in_by text not null
);
comment on table risk.evidence is 'storeLevel=3';
create index evidence_case on risk.evidence (case_id, handed_in_at);
select kernel.protect('risk.evidence', 'place');
