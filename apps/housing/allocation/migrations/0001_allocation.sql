-- The waiting list 轮候: one standing place for each household whose application was approved.
create table allocation.entry (
  number bigint generated always as identity,
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  household uuid not null,
  application uuid not null,
  priority smallint not null default 0,
  score int not null default 0,
  since timestamptz not null,
  until timestamptz not null,
  state text not null check (state in ('waiting', 'choosing', 'allocated', 'expired', 'cancelled')),
  declines smallint not null default 0,
  changed_at timestamptz not null,
  version int not null default 1
);
comment on table allocation.entry is 'storeLevel=3';
create unique index entry_standing on allocation.entry (household) where state in ('waiting', 'choosing');
create index entry_list on allocation.entry (organisation, since, id);
select kernel.protect('allocation.entry', 'place');

-- Houses to be given out to those who want them 配租方案.
create table allocation.plan (
  number bigint generated always as identity,
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  name text not null,
  ranking text not null check (ranking in ('queue', 'score', 'lottery')),
  state text not null check (state in ('draft', 'open', 'committed', 'choosing', 'closed')),
  intent_until timestamptz not null,
  choosing_from timestamptz,
  slot_minutes int not null check (slot_minutes between 1 and 1440),
  -- The seed lies here unseen until the draw; its hash and the list are published before.
  seed text,
  committed jsonb,
  committed_at timestamptz,
  drawn jsonb,
  drawn_at timestamptz,
  made_at timestamptz not null,
  version int not null default 1
);
comment on table allocation.plan is 'storeLevel=3';
create index plan_list on allocation.plan (organisation, made_at desc, id desc);
select kernel.protect('allocation.plan', 'place');

create table allocation.plan_house (
  plan uuid not null references allocation.plan,
  organisation uuid not null,
  house uuid not null,
  taken_by uuid,
  primary key (plan, house)
);
comment on table allocation.plan_house is 'storeLevel=1';
select kernel.protect('allocation.plan_house');

-- A household that wants one of the houses of a plan, and what became of it.
create table allocation.intent (
  plan uuid not null references allocation.plan,
  entry uuid not null references allocation.entry,
  organisation uuid not null,
  at timestamptz not null,
  rank int,
  slot_from timestamptz,
  state text not null check (state in ('intended', 'chosen', 'declined')),
  house uuid,
  process uuid,
  reason text,
  primary key (plan, entry)
);
comment on table allocation.intent is 'storeLevel=2';
create index intent_entry on allocation.intent (entry);
select kernel.protect('allocation.intent');

-- What was published stays as it was: a commitment is made once, a draw is drawn once.
create function allocation.refuse_second_draw() returns trigger language plpgsql as $$
begin
  if (old.committed is not null and (new.committed is distinct from old.committed or new.seed is distinct from old.seed))
    or (old.drawn is not null and new.drawn is distinct from old.drawn)
  then raise exception 'a draw is made once' using errcode = 'check_violation', constraint = 'drawn_once'; end if;
  return new;
end $$;
create trigger kept before update on allocation.plan for each row execute function allocation.refuse_second_draw();
