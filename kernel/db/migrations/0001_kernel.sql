create table kernel.outbox (
  id uuid primary key,
  type text not null,
  organisation uuid not null,
  place text collate "C" not null default '',
  at timestamptz not null,
  payload jsonb not null,
  -- Open pages were told; deliveries, which may take longer, come after.
  announced boolean not null default false
);
create index outbox_unannounced on kernel.outbox (id) where not announced;

create table kernel.inbox (
  subscription text not null,
  event uuid not null,
  at timestamptz not null,
  primary key (subscription, event)
);
create index inbox_at on kernel.inbox (at);

-- A delivery that failed: tried again with a growing pause, kept with its last error when given up.
create table kernel.delivery (
  subscription text not null,
  event uuid not null,
  type text not null,
  organisation uuid not null,
  place text collate "C" not null,
  at timestamptz not null,
  payload jsonb not null,
  attempts int not null,
  next_at timestamptz,
  error text not null,
  primary key (subscription, event)
);
create index delivery_due on kernel.delivery (next_at) where next_at is not null;

create table kernel.job_run (
  id uuid primary key,
  name text not null,
  started_at timestamptz not null,
  finished_at timestamptz,
  deadline timestamptz not null,
  state text not null check (state in ('running', 'done', 'failed', 'overlong')),
  error text
);
create index job_run_name on kernel.job_run (name, started_at desc);
create index job_run_open on kernel.job_run (deadline) where state = 'running';

create table kernel.idempotency (
  actor text not null,
  key text not null,
  route text not null,
  status int,
  body jsonb,
  at timestamptz not null,
  primary key (actor, key)
);
create index idempotency_at on kernel.idempotency (at);

create table kernel.setting (
  organisation uuid not null,
  name text not null,
  value jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation, name)
);

-- Row-level security of one table: the organisation always, the place as one range when the table has a path column.
create function kernel.protect(target regclass, path_column text default null) returns void language plpgsql as $$
declare
  rule text := 'organisation = current_setting(''keystead.organisation'')::uuid';
begin
  if path_column is not null then
    rule := rule || format(' and %1$I >= current_setting(''keystead.lo'') collate "C" and %1$I < current_setting(''keystead.hi'') collate "C"', path_column);
  end if;
  execute format('alter table %s enable row level security', target);
  execute format('create policy scope on %s to keystead_app using (%s) with check (%s)', target, rule, rule);
  execute format('create policy platform on %s to keystead_system using (true) with check (true)', target);
end $$;

select kernel.protect('kernel.setting');

-- The application role may put a job in the queue of its own transaction and touch nothing else there.
create function kernel.enqueue(task text, payload json, job_key text, run_at timestamptz, attempts int) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform graphile_worker.add_job(task, payload, job_key := job_key, run_at := run_at, max_attempts := attempts);
end $$;
revoke all on function kernel.enqueue from public;
grant execute on function kernel.enqueue to keystead_app, keystead_system;
