-- grants: own
-- The journal belongs to a role of its own that nobody signs in as. The application may only call audit.add; the
-- platform may read, seal and prune through functions that refuse what the rules of the journal forbid.

do $$ begin
  if not exists (select 1 from pg_roles where rolname = 'keystead_journal') then
    create role keystead_journal nologin;
  end if;
exception when duplicate_object then null;
end $$;
grant keystead_journal to current_user;
grant usage, create on schema audit to keystead_journal;
grant usage on schema audit to keystead_app, keystead_system;

create table audit.line (
  id uuid primary key,
  at timestamptz not null,
  organisation uuid not null,
  place text collate "C" not null default '',
  kind text not null check (kind in ('operation', 'access', 'device', 'system')),
  actor_kind text not null check (actor_kind in ('user', 'key', 'device', 'system')),
  actor_id text not null,
  actor_name text not null,
  from_address text not null default '',
  session text not null default '',
  action text not null check (action ~ '^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$'),
  subject text not null,
  outcome text not null check (outcome in ('done', 'refused', 'failed')),
  purpose text not null default '',
  -- JSON as it was written, so that a seal is over the very bytes; '' = none.
  detail text not null default '' check (octet_length(detail) <= 8192)
);
comment on table audit.line is 'storeLevel=2';
create index line_at on audit.line (organisation, at desc, id desc);
create index line_actor on audit.line (organisation, actor_id, at desc);
create index line_subject on audit.line (organisation, subject, at desc);
create index line_action on audit.line (organisation, action, at desc);
select kernel.protect('audit.line', 'place');

-- Lines that are committed and not yet in the chain; a row lives about a second.
create table audit.unsealed (
  n bigint generated always as identity unique,
  line uuid primary key
);
comment on table audit.unsealed is 'storeLevel=1';

-- The chain: hash = SHA-256(hash before, canonical line).
create table audit.seal (
  seq bigint primary key check (seq > 0),
  line uuid not null unique,
  hash bytea not null check (octet_length(hash) = 32),
  sealed_at timestamptz not null
);
comment on table audit.seal is 'storeLevel=1';

-- How long lines are kept: never under 180 days.
create table audit.retention (
  single boolean primary key default true check (single),
  days int not null check (days >= 180)
);
comment on table audit.retention is 'storeLevel=1';
insert into audit.retention (days) values (1827);

create function audit.keep() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('audit.pruning', true) = 'on' then return old; end if;
  raise exception 'the journal is append-only' using errcode = 'insufficient_privilege';
end $$;
create trigger keep before update or delete on audit.line for each row execute function audit.keep();
create trigger keep_all before truncate on audit.line for each statement execute function audit.keep();
create trigger keep before update or delete on audit.seal for each row execute function audit.keep();
create trigger keep_all before truncate on audit.seal for each statement execute function audit.keep();

create function audit.add(
  id uuid, at timestamptz, organisation uuid, place text, kind text, actor_kind text, actor_id text, actor_name text,
  from_address text, session text, action text, subject text, outcome text, purpose text, detail text
) returns void language sql security definer set search_path = pg_catalog as $$
  insert into audit.line values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15);
  insert into audit.unsealed (line) values ($1);
$$;

-- Appends to the chain what the sealer computed; refuses a chain that does not go on where it ended.
create function audit.chain(first_seq bigint, lines uuid[], hashes bytea[], sealed_at timestamptz) returns void
language plpgsql security definer set search_path = pg_catalog as $$
declare taken bigint;
begin
  if first_seq <> coalesce((select max(s.seq) from audit.seal s), 0) + 1 then
    raise exception 'the chain does not end before %', first_seq;
  end if;
  delete from audit.unsealed u where u.line = any(lines);
  get diagnostics taken = row_count;
  if taken <> cardinality(lines) or taken <> cardinality(hashes) then
    raise exception 'a line to be sealed is sealed already';
  end if;
  insert into audit.seal
    select first_seq + n - 1, l, h, $4 from unnest(lines, hashes) with ordinality as t (l, h, n);
end $$;

-- Forgets sealed lines up to `through`, all of them older than the retention before the newest sealed line. Never the head.
create function audit.prune(through bigint) returns bigint
language plpgsql security definer set search_path = pg_catalog as $$
declare
  newest timestamptz;
  head bigint;
  gone bigint;
  keep interval := make_interval(days => (select r.days from audit.retention r));
begin
  select s.seq, l.at into head, newest from audit.seal s join audit.line l on l.id = s.line order by s.seq desc limit 1;
  if head is null or through >= head then raise exception 'the end of the journal is kept'; end if;
  if exists (select 1 from audit.seal s join audit.line l on l.id = s.line where s.seq <= through and l.at > newest - keep) then
    raise exception 'lines within the retention are kept' using errcode = 'insufficient_privilege';
  end if;
  perform set_config('audit.pruning', 'on', true);
  delete from audit.line l using audit.seal s where s.line = l.id and s.seq <= through;
  delete from audit.seal s where s.seq <= through;
  get diagnostics gone = row_count;
  perform set_config('audit.pruning', 'off', true);
  return gone;
end $$;

create function audit.keep_for(days int) returns void
language sql security definer set search_path = pg_catalog as $$ update audit.retention r set days = $1 $$;

do $$ declare f regprocedure; t regclass; begin
  foreach f in array array[
    'audit.add(uuid,timestamptz,uuid,text,text,text,text,text,text,text,text,text,text,text,text)',
    'audit.chain(bigint,uuid[],bytea[],timestamptz)', 'audit.prune(bigint)', 'audit.keep_for(int)'
  ]::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('grant execute on function %s to keystead_system', f);
    execute format('alter function %s owner to keystead_journal', f);
  end loop;
  foreach t in array array['audit.line', 'audit.unsealed', 'audit.seal', 'audit.retention']::regclass[] loop
    execute format('grant select on %s to keystead_system', t);
    execute format('alter table %s owner to keystead_journal', t);
  end loop;
end $$;
grant execute on function audit.add to keystead_app;
