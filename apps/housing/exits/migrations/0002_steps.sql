-- Who took which step of an exit, and when. Only added.
create table exits.step (
  exit uuid not null references exits.exit,
  organisation uuid not null,
  place text collate "C" not null,
  at timestamptz not null,
  state text not null,
  actor_name text not null,
  reason text
);
comment on table exits.step is 'storeLevel=2';
create index step_of on exits.step (exit, at);
select kernel.protect('exits.step', 'place');
