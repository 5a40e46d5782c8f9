-- Credentials of more kinds, and what happened to each of them.
alter table things.credential drop constraint credential_kind_check;
alter table things.credential add constraint credential_kind_check
  check (kind in ('token', 'secret', 'certificate', 'signature'));
alter table things.credential add column first_used_at timestamptz;
alter table things.credential add column expires_at timestamptz;
-- Who handed it out: a provisioning key, or the authority that signed the certificate.
alter table things.credential add column provisioned_by uuid;
alter table things.credential add column authority uuid;
-- The rotation it stands beside an older one for.
alter table things.credential add column beside uuid;
create index credential_authority on things.credential (authority) where authority is not null;
create index credential_beside on things.credential (beside) where beside is not null;
drop index things.credential_username;
create unique index credential_username on things.credential (username)
  where kind = 'secret' and revoked_at is null and beside is null;

-- Devices name themselves by code alone.
create index thing_code on things.thing (code);

-- Secrets the platform must compute with: sealed under the master key, written by the application, read by the platform alone.
create table things.device_secret (
  credential uuid primary key references things.credential on delete cascade,
  organisation uuid not null,
  sealed bytea not null
);
comment on table things.device_secret is 'storeLevel=3';
alter table things.device_secret enable row level security;
create policy written on things.device_secret for insert to keystead_app
  with check (organisation = current_setting('keystead.organisation')::uuid);
create policy platform on things.device_secret to keystead_system using (true) with check (true);

-- Nonces of signatures within their window: none is taken twice, by whichever process.
create table things.nonce (
  thing bigint not null references things.thing on delete cascade,
  nonce text collate "C" not null,
  at timestamptz not null,
  primary key (thing, nonce)
);
comment on table things.nonce is 'storeLevel=1';
create index nonce_at on things.nonce (at);
alter table things.nonce enable row level security;
create policy platform on things.nonce to keystead_system using (true) with check (true);

-- One secret for a product: what its devices show to be given a secret of their own.
create table things.provision_key (
  id uuid primary key,
  organisation uuid not null,
  family text not null,
  key text not null unique,
  mark bytea not null,
  allow_new boolean not null,
  enabled boolean not null,
  expires_at timestamptz not null,
  most int not null check (most between 1 and 100000),
  used int not null default 0,
  made_at timestamptz not null,
  made_by text not null
);
comment on table things.provision_key is 'storeLevel=3';
create index provision_key_organisation on things.provision_key (organisation, made_at desc);
select kernel.protect('things.provision_key');

-- Authorities whose device certificates are taken.
create table things.device_authority (
  id uuid primary key,
  organisation uuid not null,
  name text not null,
  subject text not null,
  fingerprint text not null,
  pem text not null,
  not_after timestamptz not null,
  made_at timestamptz not null,
  made_by text not null,
  ended_at timestamptz
);
comment on table things.device_authority is 'storeLevel=2';
create unique index device_authority_fingerprint on things.device_authority (organisation, fingerprint) where ended_at is null;
select kernel.protect('things.device_authority');

-- New secrets for many things, each beside the old one until it is used or the window ends.
create table things.rotation (
  id uuid primary key,
  organisation uuid not null,
  delivery text not null check (delivery in ('session', 'export')),
  until timestamptz not null,
  made_at timestamptz not null,
  made_by text not null
);
comment on table things.rotation is 'storeLevel=2';
create index rotation_organisation on things.rotation (organisation, made_at desc);
select kernel.protect('things.rotation');

create table things.rotation_item (
  rotation uuid not null references things.rotation on delete cascade,
  organisation uuid not null,
  thing bigint not null references things.thing on delete cascade,
  fresh uuid not null,
  until timestamptz not null,
  delivered_at timestamptz,
  state text not null check (state in ('waiting', 'done', 'lapsed')),
  ended_at timestamptz,
  primary key (rotation, thing)
);
comment on table things.rotation_item is 'storeLevel=2';
create unique index rotation_item_waiting on things.rotation_item (thing) where state = 'waiting';
create index rotation_item_until on things.rotation_item (until) where state = 'waiting';
create index rotation_item_fresh on things.rotation_item (fresh);
select kernel.protect('things.rotation_item');
