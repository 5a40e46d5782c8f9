-- Figures as they were told at the end of a day. Rows are only ever added: what is corrected later changes none.
create table measures.snapshot (
  organisation uuid not null,
  measure text not null,
  version smallint not null,
  day date not null,
  -- All zero: the organisation as a whole.
  place_id uuid not null,
  place text collate "C" not null,
  num bigint not null,
  den bigint not null,
  rows bigint not null,
  at timestamptz not null,
  taken_at timestamptz not null,
  primary key (organisation, measure, place_id, day, version)
);
create index snapshot_day on measures.snapshot (organisation, day);
comment on table measures.snapshot is 'storeLevel=2';
select kernel.protect('measures.snapshot', 'place');

create function measures.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and to_jsonb(new) - 'place' = to_jsonb(old) - 'place' then return new; end if;
  raise exception 'a frozen figure never changes' using errcode = 'check_violation', constraint = 'append_only';
end $$;
create trigger kept before update or delete on measures.snapshot for each row execute function measures.refuse_change();
