-- By which pack the day was set; when the household is reminded of it; when staff were told that it has passed.
alter table eligibility.application add column due_policy uuid, add column remind_at timestamptz, add column escalated_at timestamptz;
create index application_supplement on eligibility.application (due_at) where state = 'supplement' and due_policy is not null;
create index application_remind on eligibility.application (remind_at) where remind_at is not null;
create index application_late on eligibility.application (due_at) where ended_at is null and escalated_at is null and kind <> 'annual';

-- What was decided about a household that cheated or misused its home: it is barred until a day, and may be fined.
create table eligibility.sanction (
  number bigint generated always as identity,
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  household uuid not null,
  -- the violation case in which the household was heard; null where an exit for cause is the ground
  hearing uuid,
  hearing_code text,
  ground text not null,
  reason text not null,
  lease uuid,
  state text not null check (state in ('imposed', 'appealed', 'upheld', 'lifted')),
  policy uuid not null,
  barred_until timestamptz not null,
  -- fen
  fine bigint not null default 0 check (fine >= 0),
  appeal_until timestamptz not null,
  answer_by timestamptz,
  appeal_reason text,
  answer text,
  -- nobody can appeal any more: a fine is charged
  final_at timestamptz,
  imposed_at timestamptz not null,
  imposed_by text not null,
  imposed_by_name text not null,
  version int not null default 1,
  check (fine = 0 or lease is not null)
);
comment on table eligibility.sanction is 'storeLevel=3';
create index sanction_household on eligibility.sanction (household, imposed_at desc);
create index sanction_due on eligibility.sanction (appeal_until) where final_at is null and state = 'imposed';
create unique index sanction_hearing on eligibility.sanction (household, hearing) where hearing is not null;
select kernel.protect('eligibility.sanction', 'place');
