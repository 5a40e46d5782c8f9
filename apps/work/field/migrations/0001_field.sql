-- A phone that works out in the field, with the key that signs what is said on it.
create table field.device (
  id uuid primary key,
  organisation uuid not null,
  account text not null,
  account_name text not null,
  name text not null,
  -- Public key, SPKI in base64 (ECDSA P-256).
  key text not null,
  registered_at timestamptz not null,
  -- Head of its chain: the number and digest of the last entry taken, and when that was said.
  last_number int not null default 0,
  last_digest text not null default '',
  last_at timestamptz
);
comment on table field.device is 'storeLevel=2';
create index device_account on field.device (organisation, account);
select kernel.protect('field.device');

-- What was said on a phone, word for word, in the order it was said. Each line holds the digest of the one before it.
create table field.entry (
  device uuid not null references field.device (id),
  number int not null,
  organisation uuid not null,
  place text collate "C" not null,
  case_id uuid,
  kind text not null,
  text text not null,
  digest text not null,
  signature text not null,
  said_at timestamptz not null,
  received_at timestamptz not null,
  -- late, clock-ahead, clock-back, before-task
  marks text[] not null,
  -- done, or refused with the problem that was told.
  outcome text not null,
  problem jsonb,
  actor text not null,
  actor_name text not null,
  primary key (device, number)
);
comment on table field.entry is 'storeLevel=2';
create index entry_case on field.entry (case_id, received_at);
create index entry_recent on field.entry (organisation, place, received_at);
select kernel.protect('field.entry', 'place');

-- Photos by their contents: the same photo of a case is kept once, however often it is sent.
create table field.photo (
  case_id uuid not null,
  sha256 text not null,
  organisation uuid not null,
  place text collate "C" not null,
  record uuid not null,
  at timestamptz not null,
  primary key (case_id, sha256)
);
comment on table field.photo is 'storeLevel=2';
select kernel.protect('field.photo', 'place');

create function field.keep_entry() returns trigger language plpgsql as $$
begin
  -- A subtree that moves takes its path along and changes nothing else.
  if tg_op = 'UPDATE' and (to_jsonb(new) - 'place') = (to_jsonb(old) - 'place') then
    return new;
  end if;
  raise exception 'entries of the field are not changed' using errcode = 'restrict_violation';
end $$;
create trigger keep_entry before update or delete on field.entry for each row execute function field.keep_entry();
