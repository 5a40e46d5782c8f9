-- grants: own
-- What the application serves to people it may touch under row-level security; secrets, sessions and attempts only the
-- platform itself may.

create table identity.organisation (
  id uuid primary key,
  organisation uuid generated always as (id) stored,
  kind text not null check (kind in ('operating-body', 'technical-provider', 'supervising-authority')),
  name text not null,
  second_factor text not null check (second_factor in ('required', 'waived-while-loopback')),
  idle_minutes int not null default 30 check (idle_minutes between 1 and 720),
  absolute_minutes int not null default 720 check (absolute_minutes between 5 and 1440),
  version int not null default 1,
  made_at timestamptz not null
);
comment on table identity.organisation is 'storeLevel=2';

create table identity.account (
  id uuid primary key,
  organisation uuid not null references identity.organisation,
  kind text not null check (kind in ('staff', 'tenant')),
  user_name text not null,
  name text not null,
  phone text not null default '',
  email text not null default '',
  language text not null check (language in ('zh-CN', 'en')),
  state text not null check (state in ('active', 'disabled', 'deleted')),
  version int not null default 1,
  made_at timestamptz not null,
  changed_at timestamptz not null
);
comment on table identity.account is 'storeLevel=3';
create unique index account_user_name on identity.account (lower(user_name)) where state <> 'deleted';
create index account_list on identity.account (organisation, lower(user_name), id);

create table identity.role (
  id uuid primary key,
  organisation uuid not null references identity.organisation,
  code text not null,
  names jsonb not null,
  permissions text[] not null,
  denies text[] not null,
  version int not null default 1,
  made_at timestamptz not null,
  unique (organisation, code)
);
comment on table identity.role is 'storeLevel=2';

create table identity.assignment (
  id uuid primary key,
  organisation uuid not null,
  account uuid not null references identity.account,
  role uuid not null references identity.role,
  reach text not null check (reach in ('organisation', 'places', 'own')),
  valid_from timestamptz,
  valid_until timestamptz,
  made_at timestamptz not null,
  check (valid_from is null or valid_until is null or valid_from < valid_until)
);
comment on table identity.assignment is 'storeLevel=2';
create index assignment_account on identity.assignment (account);
create index assignment_role on identity.assignment (role);

-- The path beside the id: moved along when a subtree moves.
create table identity.assignment_place (
  assignment uuid not null references identity.assignment on delete cascade,
  organisation uuid not null,
  place uuid not null,
  path text collate "C" not null,
  primary key (assignment, place)
);
comment on table identity.assignment_place is 'storeLevel=2';
create index assignment_place_path on identity.assignment_place (organisation, path);

create table identity.api_key (
  id uuid primary key,
  organisation uuid not null,
  account uuid not null references identity.account,
  name text not null,
  hash bytea not null unique,
  permissions text[],
  reach text not null check (reach in ('organisation', 'places')),
  per_minute int not null check (per_minute between 1 and 100000),
  expires_at timestamptz,
  last_used_at timestamptz,
  revoked_at timestamptz,
  made_at timestamptz not null
);
comment on table identity.api_key is 'storeLevel=3';
create index api_key_list on identity.api_key (organisation, made_at desc, id desc);

create table identity.api_key_place (
  api_key uuid not null references identity.api_key on delete cascade,
  organisation uuid not null,
  place uuid not null,
  path text collate "C" not null,
  primary key (api_key, place)
);
comment on table identity.api_key_place is 'storeLevel=2';
create index api_key_place_path on identity.api_key_place (organisation, path);

create table identity.password (
  account uuid primary key references identity.account,
  organisation uuid not null,
  hash text not null,
  set_at timestamptz not null,
  must_change boolean not null
);
comment on table identity.password is 'storeLevel=3';

create table identity.factor (
  id uuid primary key,
  account uuid not null references identity.account,
  organisation uuid not null,
  kind text not null check (kind in ('totp')),
  wrapped bytea not null,
  made_at timestamptz not null,
  confirmed_at timestamptz,
  last_step bigint,
  unique (account, kind)
);
comment on table identity.factor is 'storeLevel=3';

create table identity.recovery_code (
  account uuid not null references identity.account,
  organisation uuid not null,
  hash bytea not null,
  used_at timestamptz,
  primary key (account, hash)
);
comment on table identity.recovery_code is 'storeLevel=3';

create table identity.session (
  id uuid primary key,
  organisation uuid not null,
  account uuid not null references identity.account,
  hash bytea not null unique,
  status text not null check (status in ('active', 'second-factor', 'enrol', 'change-password')),
  made_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  fresh_until timestamptz not null,
  from_address text not null,
  user_agent text not null,
  ended_at timestamptz,
  end_reason text
);
comment on table identity.session is 'storeLevel=3';
create index session_account on identity.session (account, made_at desc);
create index session_open on identity.session (seen_at) where ended_at is null;
create index session_ended on identity.session (ended_at) where ended_at is not null;

-- Failed attempts by account name or address, whether the name exists or not.
create table identity.attempt (
  subject text primary key,
  failures int not null,
  last_at timestamptz not null,
  blocked_until timestamptz
);
comment on table identity.attempt is 'storeLevel=2';
create index attempt_last on identity.attempt (last_at);

do $$ declare t regclass; begin
  foreach t in array array['identity.organisation', 'identity.account', 'identity.role', 'identity.assignment',
    'identity.assignment_place', 'identity.api_key', 'identity.api_key_place', 'identity.password', 'identity.factor',
    'identity.recovery_code', 'identity.session']::regclass[] loop
    perform kernel.protect(t);
    execute format('grant select, insert, update, delete on %s to keystead_system', t);
  end loop;
  foreach t in array array['identity.organisation', 'identity.account', 'identity.role', 'identity.assignment',
    'identity.assignment_place', 'identity.api_key', 'identity.api_key_place']::regclass[] loop
    execute format('grant select, insert, update, delete on %s to keystead_app', t);
  end loop;
end $$;
grant select, insert, update, delete on identity.attempt to keystead_system;
grant usage on schema identity to keystead_app, keystead_system;

-- Who is who, for other modules: also those who left, so that history keeps its names.
create schema identity_pub;
create view identity_pub.person with (security_invoker = true) as
  select id, organisation, user_name, name, state from identity.account;
grant usage on schema identity_pub to keystead_app, keystead_system;
grant select on identity_pub.person to keystead_app, keystead_system;
