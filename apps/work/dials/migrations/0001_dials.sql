-- H-6.4-b-1: a photo of a dial beside what the register of the same meter said at that time.
create table dials.check (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  thing uuid not null,
  number bigint not null,
  property text not null,
  -- The picture among the records.
  photo uuid not null,
  taken_at timestamptz not null,
  -- Digits as they stand there; `first_dial` as they were read first, when the reviewer reads something else.
  dial text not null,
  first_dial text,
  -- What the meter said nearest to that moment, and when: its event time with every digit, as the reading is known by.
  register float8,
  register_time text,
  last_places float8,
  state text not null check (state in ('waiting', 'agrees', 'confirmed', 'corrected', 'unreadable')),
  actor text not null,
  actor_name text not null,
  recorded_at timestamptz not null,
  note text,
  reviewer text,
  reviewer_name text,
  reviewed_at timestamptz,
  check ((reviewer is null) = (reviewed_at is null)),
  check ((register is null) = (register_time is null))
);
comment on table dials.check is 'storeLevel=3';
create index check_thing on dials.check (thing, id desc);
create index check_state on dials.check (organisation, state, id desc);
select kernel.protect('dials.check', 'place');
