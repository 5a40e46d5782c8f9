-- Who took which step of a way into a house, and when. Only added.
create table movein.step (
  process uuid not null references movein.process,
  organisation uuid not null,
  place text collate "C" not null,
  at timestamptz not null,
  state text not null,
  actor_name text not null,
  reason text
);
comment on table movein.step is 'storeLevel=2';
create index step_of on movein.step (process, at);
select kernel.protect('movein.step', 'place');
