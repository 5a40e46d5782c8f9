-- The key under which marks of secrets are made. Only the platform's own role reads it.
create table things.mark_key (
  single boolean primary key default true check (single),
  key bytea not null
);
comment on table things.mark_key is 'storeLevel=3';
insert into things.mark_key (key)
  values (decode(replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''), 'hex'));
alter table things.mark_key enable row level security;
create policy platform on things.mark_key for select to keystead_system using (true);

-- What a thing is known by. A secret is kept only as a keyed mark (HMAC-SHA-256), which is also how it is found; the mark stays
-- after revocation, so that no second thing ever gets the same secret.
create table things.credential (
  id uuid primary key,
  organisation uuid not null,
  thing bigint not null references things.thing on delete cascade,
  kind text not null check (kind in ('token', 'secret', 'certificate')),
  username text,
  mark bytea not null unique,
  hint text not null default '',
  issued_at timestamptz not null,
  issued_by text not null,
  revoked_at timestamptz
);
comment on table things.credential is 'storeLevel=3';
create index credential_thing on things.credential (thing);
create unique index credential_username on things.credential (username) where kind = 'secret' and revoked_at is null;
select kernel.protect('things.credential');

-- What other processes must forget: read by the number of the writing transaction, so that nothing committed late is missed.
create table things.change (
  seq bigint generated always as identity primary key,
  written xid8 not null default pg_current_xact_id(),
  thing bigint not null,
  kind text not null check (kind in ('thing', 'right', 'shared', 'all')),
  at timestamptz not null
);
comment on table things.change is 'storeLevel=1';
create index change_written on things.change (written);
create index change_at on things.change (at);

-- Signs of life. Often written, so kept narrow and without an index on what changes.
create table things.contact (
  thing bigint primary key references things.thing on delete cascade,
  organisation uuid not null,
  state text not null check (state in ('unknown', 'online', 'offline')),
  since timestamptz not null,
  last_heard timestamptz,
  due timestamptz,
  connected boolean,
  interval_s int not null,
  grace_s int not null
) with (fillfactor = 50);
comment on table things.contact is 'storeLevel=2';
select kernel.protect('things.contact');

-- What was refused or flagged, by whoever sent it: `thing:12` or `peer:10.0.0.1`.
create table things.refusal (
  organisation uuid not null,
  place text collate "C" not null default '',
  subject text collate "C" not null,
  thing bigint references things.thing on delete cascade,
  peer text not null,
  type text collate "C" not null,
  count bigint not null,
  first timestamptz not null,
  last timestamptz not null,
  sample text not null,
  primary key (organisation, subject, type)
);
comment on table things.refusal is 'storeLevel=2';
create index refusal_last on things.refusal (organisation, last desc);
create index refusal_thing on things.refusal (thing) where thing is not null;
select kernel.protect('things.refusal', 'place');

-- What a device says of itself (client) and what it is told (shared).
create table things.attribute (
  thing bigint not null references things.thing on delete cascade,
  organisation uuid not null,
  side text not null check (side in ('client', 'shared')),
  key text collate "C" not null,
  value jsonb not null,
  at timestamptz not null,
  primary key (thing, side, key)
);
comment on table things.attribute is 'storeLevel=2';
select kernel.protect('things.attribute');

create schema things_pub;
create view things_pub.thing with (security_invoker = true) as
  select t.number, t.id, t.organisation, t.place, t.place_id, t.code, t.name, t.family, t.model_version, t.state, t.whitelist,
    coalesce(c.state, 'unknown') as online, c.last_heard
  from things.thing t left join things.contact c on c.thing = t.number;
grant usage on schema things_pub to keystead_app, keystead_system;
grant select on all tables in schema things_pub to keystead_app, keystead_system;
