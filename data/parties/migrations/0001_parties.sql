-- Who the platform deals with. Personal values are not here: they are rows of parties.field, each sealed.
create table parties.party (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  kind text not null check (kind in ('person', 'household', 'organisation', 'team', 'supplier')),
  name text not null,
  code text collate "C",
  account uuid,
  state text not null default 'active' check (state in ('active', 'restricted', 'erased')),
  -- a restricted one is erased when this has passed
  keep_until timestamptz,
  sealed boolean not null default false,
  made_at timestamptz not null,
  version int not null default 1,
  constraint party_code_unique unique (organisation, kind, code),
  constraint party_account_unique unique (organisation, account),
  check (state <> 'restricted' or keep_until is not null)
);
comment on table parties.party is 'storeLevel=3';
create index party_list on parties.party (organisation, kind, made_at desc, id desc);
create index party_place on parties.party (organisation, place);
create index party_due on parties.party (keep_until) where state = 'restricted';
select kernel.protect('parties.party', 'place');

-- H-11.3-e-1: why a field is held. A value without its row here is refused by the database itself.
create table parties.purpose (
  organisation uuid not null,
  field text not null,
  purpose text not null,
  basis text not null,
  retention_years int not null check (retention_years between 1 and 100),
  registered_at timestamptz not null,
  registered_by text not null,
  ended_at timestamptz,
  primary key (organisation, field)
);
comment on table parties.purpose is 'storeLevel=2';
select kernel.protect('parties.purpose');

create table parties.field (
  party uuid not null references parties.party,
  organisation uuid not null,
  field text not null,
  slot text not null default '',
  sealed bytea not null,
  -- keyed hash of the value, for search by equality
  hash bytea,
  masked text not null,
  source text not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  primary key (party, field, slot),
  foreign key (organisation, field) references parties.purpose (organisation, field)
);
comment on table parties.field is 'storeLevel=3';
create index field_hash on parties.field (organisation, field, hash) where hash is not null;
create unique index field_resident_id on parties.field (organisation, hash) where field = 'resident-id';
select kernel.protect('parties.field');

-- Which data key the hashes of an organisation are made with.
create table parties.hash_key (
  organisation uuid primary key,
  key uuid not null
);
comment on table parties.hash_key is 'storeLevel=3';
select kernel.protect('parties.hash_key');

create table parties.member (
  id uuid primary key,
  organisation uuid not null,
  household uuid not null references parties.party,
  person uuid not null references parties.party,
  relation text not null,
  from_date date not null,
  until_date date,
  check (until_date is null or until_date >= from_date)
);
comment on table parties.member is 'storeLevel=3';
create index member_household on parties.member (household);
create unique index member_once on parties.member (organisation, person) where until_date is null;
select kernel.protect('parties.member');

create table parties.consent (
  id uuid primary key,
  organisation uuid not null,
  party uuid not null references parties.party,
  purpose text not null,
  -- asked for by itself, never together with others
  separate boolean not null,
  wording text not null,
  given_at timestamptz not null,
  given_to text not null,
  withdrawn_at timestamptz,
  version int not null default 1
);
comment on table parties.consent is 'storeLevel=3';
create index consent_party on parties.consent (party);
create unique index consent_once on parties.consent (party, purpose) where withdrawn_at is null;
select kernel.protect('parties.consent');

-- Values somebody asked to have changed: sealed until they are decided on.
create table parties.proposal (
  id uuid primary key,
  organisation uuid not null,
  party uuid not null references parties.party,
  sealed bytea,
  masked jsonb not null,
  state text not null check (state in ('open', 'applied', 'dropped')),
  made_at timestamptz not null,
  decided_at timestamptz,
  check ((state = 'open') = (sealed is not null))
);
comment on table parties.proposal is 'storeLevel=3';
create index proposal_party on parties.proposal (party);
select kernel.protect('parties.proposal');
