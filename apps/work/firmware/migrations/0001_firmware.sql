-- Keys whose signatures make a package one that may be offered.
create table firmware.signer (
  id uuid primary key,
  organisation uuid not null,
  name text not null,
  algorithm text not null check (algorithm in ('ed25519', 'sm2')),
  public_key text not null,
  fingerprint text collate "C" not null,
  made_at timestamptz not null,
  made_by text not null,
  ended_at timestamptz
);
comment on table firmware.signer is 'storeLevel=2';
create unique index signer_standing on firmware.signer (organisation, fingerprint) where ended_at is null;
select kernel.protect('firmware.signer');

-- Packages: signed and checked before they are kept. The bytes are a record.
create table firmware.package (
  id uuid primary key,
  organisation uuid not null,
  title text not null,
  version text not null,
  models text[] not null,
  size bigint not null check (size > 0),
  hash text collate "C" not null,
  signature text not null,
  signer uuid not null references firmware.signer,
  record uuid not null,
  note text not null,
  made_at timestamptz not null,
  made_by text not null,
  withdrawn_at timestamptz,
  unique (organisation, title, version)
);
comment on table firmware.package is 'storeLevel=2';
select kernel.protect('firmware.package');

create table firmware.campaign (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  name text not null,
  package uuid not null references firmware.package,
  rollback_of uuid references firmware.campaign,
  audience jsonb not null,
  plan jsonb not null,
  dangers text[] not null,
  reason text not null,
  state text not null check (state in ('awaiting-approval', 'running', 'paused', 'completed', 'cancelled', 'refused')),
  pause_reason text,
  wave int not null,
  waves int not null,
  wave_ended_at timestamptz,
  requester text not null,
  requester_name text not null,
  approver_name text,
  approval_note text,
  created_at timestamptz not null,
  approved_at timestamptz,
  changed_at timestamptz not null,
  ended_at timestamptz,
  version int not null default 1
);
comment on table firmware.campaign is 'storeLevel=2';
create index campaign_list on firmware.campaign (organisation, id desc);
create index campaign_open on firmware.campaign (state) where ended_at is null;
select kernel.protect('firmware.campaign', 'place');

-- One device of a campaign. A device is in one open campaign at a time.
create table firmware.target (
  campaign uuid not null references firmware.campaign,
  organisation uuid not null,
  place text collate "C" not null,
  thing bigint not null,
  thing_id uuid not null,
  thing_code text not null,
  thing_name text not null,
  family text not null,
  wave int not null,
  rank int not null,
  state text not null check (state in ('pending', 'offered', 'downloading', 'downloaded', 'verified', 'applying', 'succeeded', 'failed',
    'rolled-back', 'skipped')),
  reason text,
  detail text,
  from_title text,
  from_version text,
  received bigint not null default 0,
  tries int not null default 0,
  -- A failure somebody has looked at and gone on: counted no more.
  forgiven boolean not null default false,
  command uuid,
  offered_at timestamptz,
  moved_at timestamptz not null,
  ended_at timestamptz,
  primary key (campaign, thing)
);
comment on table firmware.target is 'storeLevel=1';
create unique index target_open on firmware.target (thing) where ended_at is null;
create index target_next on firmware.target (campaign, wave, state, rank);
select kernel.protect('firmware.target', 'place');

-- What runs on each device, as it last said itself.
create table firmware.installed (
  thing bigint primary key,
  organisation uuid not null,
  place text collate "C" not null,
  title text not null,
  version text not null,
  told_at timestamptz not null,
  since timestamptz not null
);
comment on table firmware.installed is 'storeLevel=1';
create index installed_version on firmware.installed (organisation, title, version);
select kernel.protect('firmware.installed', 'place');
