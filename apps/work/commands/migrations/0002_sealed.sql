-- The whole input when it holds secrets, under the installation's master key; `input` then shows the rest.
alter table commands.command add column sealed bytea;

-- A secret is kept no longer than its command is on the way, whoever ends it.
create function commands.forget_sealed() returns trigger language plpgsql as $$
begin
  new.sealed := null;
  return new;
end $$;
create trigger forget_sealed before update on commands.command for each row
  when (new.ended_at is not null and new.sealed is not null) execute function commands.forget_sealed();

-- How far commands from before were sealed: the master key is not in the database, so the worker does it.
create table commands.sealing (
  one boolean primary key default true check (one),
  after uuid not null,
  until uuid not null,
  done boolean not null
);
comment on table commands.sealing is 'storeLevel=1';
insert into commands.sealing (after, until, done)
  select '00000000-0000-0000-0000-000000000000', coalesce((select id from commands.command order by id desc limit 1), '00000000-0000-0000-0000-000000000000'), false;
