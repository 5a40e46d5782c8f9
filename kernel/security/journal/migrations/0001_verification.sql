-- grants: own
-- A run of the verifier, so that its progress is seen from every process.
create table journal.verification (
  id uuid primary key,
  organisation uuid not null,
  actor text not null,
  started_at timestamptz not null,
  seen_at timestamptz not null,
  state text not null check (state in ('running', 'done', 'failed')),
  done bigint not null,
  total bigint not null,
  report jsonb
);
comment on table journal.verification is 'storeLevel=1';
grant usage on schema journal to keystead_system;
grant select, insert, update, delete on journal.verification to keystead_system;
