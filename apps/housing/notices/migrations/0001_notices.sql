-- Something a group of tenants is told; once it is out its text and its audience stay as they were.
create table notices.notice (
  id uuid primary key,
  organisation uuid not null,
  -- Whom it is for: a subtree of places …
  place text collate "C" not null,
  kind text not null check (kind in ('service', 'policy', 'bill')),
  title text not null,
  text text not null,
  -- … and what else their leases have in common.
  audience jsonb not null,
  state text not null check (state in ('draft', 'published')),
  -- Tenants it went to.
  told int,
  version int not null,
  made_at timestamptz not null,
  actor_name text not null,
  published_at timestamptz,
  published_by text
);
create index notice_recent on notices.notice (organisation, id desc);
comment on table notices.notice is 'storeLevel=2';
select kernel.protect('notices.notice', 'place');

-- What one tenant was told, by which ways, and what can be shown of it.
create table notices.delivery (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  notice uuid not null references notices.notice,
  party uuid not null,
  agreement uuid not null,
  state text not null check (state in ('queued', 'sent', 'failed')),
  tries smallint not null default 0,
  next_at timestamptz not null,
  proof jsonb not null default '[]',
  at timestamptz not null,
  ended_at timestamptz,
  unique (notice, party)
);
create index delivery_due on notices.delivery (next_at) where state = 'queued';
create index delivery_of on notices.delivery (organisation, party, at desc);
comment on table notices.delivery is 'storeLevel=3';
select kernel.protect('notices.delivery', 'place');
