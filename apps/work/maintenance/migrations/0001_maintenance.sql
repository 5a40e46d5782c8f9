-- What was done at a maintenance case, signed by whoever did it. Rows are only added.
create table maintenance.record (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  case_id uuid not null,
  case_code text not null,
  subject text not null,
  at timestamptz not null,
  content text not null check (content <> ''),
  problems text not null check (problems <> ''),
  actions text not null check (actions <> ''),
  -- The drawn signature: the file and its hash.
  signature uuid not null,
  signature_hash text not null,
  evidence jsonb not null,
  actor text not null,
  actor_name text not null,
  recorded_at timestamptz not null
);
comment on table maintenance.record is 'storeLevel=2';
create index record_case on maintenance.record (case_id, recorded_at);
create index record_subject on maintenance.record (organisation, subject, at);
select kernel.protect('maintenance.record', 'place');

create function maintenance.keep_record() returns trigger language plpgsql as $$
begin
  -- A subtree that moves takes its path along and changes nothing else.
  if tg_op = 'UPDATE' and (to_jsonb(new) - 'place') = (to_jsonb(old) - 'place') then
    return new;
  end if;
  raise exception 'maintenance records are not changed' using errcode = 'restrict_violation';
end $$;
create trigger keep_record before update or delete on maintenance.record for each row execute function maintenance.keep_record();
