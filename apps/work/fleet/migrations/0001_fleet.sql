-- Configurations of edge agents: every version as it was given, the newest is the one wanted.
create table fleet.configuration (
  organisation uuid not null,
  agent bigint not null,
  version int not null check (version > 0),
  document jsonb not null,
  note text not null,
  copy_of int,
  created_at timestamptz not null,
  created_by text not null,
  primary key (agent, version)
);
comment on table fleet.configuration is 'storeLevel=2';
select kernel.protect('fleet.configuration');

-- Invitations for new agents: short-lived, for one use, for one place. Only the mark of the token is kept.
create table fleet.join_token (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  place_id uuid,
  mark bytea not null unique,
  name text not null,
  code text,
  created_at timestamptz not null,
  created_by text not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  used_at timestamptz,
  thing_id uuid
);
comment on table fleet.join_token is 'storeLevel=3';
create index join_token_list on fleet.join_token (organisation, created_at desc, id desc);
select kernel.protect('fleet.join_token', 'place');

-- What is committed of the agents' numbered logs: runs that touch are one row. Times are event times, µs since 1970.
create table fleet.log_run (
  organisation uuid not null,
  agent bigint not null,
  log text collate "C" not null,
  level int not null check (level between 1 and 3),
  first_number bigint not null,
  last_number bigint not null check (last_number >= first_number),
  first_time bigint,
  last_time bigint,
  told_at timestamptz not null,
  primary key (agent, log, level, first_number)
);
comment on table fleet.log_run is 'storeLevel=1';
select kernel.protect('fleet.log_run');

-- What an agent had to give up, as it told.
create table fleet.log_drop (
  organisation uuid not null,
  agent bigint not null,
  log text collate "C" not null,
  level int not null check (level between 1 and 3),
  first_number bigint not null,
  last_number bigint not null check (last_number >= first_number),
  first_time bigint not null,
  last_time bigint not null,
  told_at timestamptz not null,
  primary key (agent, log, level, first_number)
);
comment on table fleet.log_drop is 'storeLevel=1';
select kernel.protect('fleet.log_drop');
