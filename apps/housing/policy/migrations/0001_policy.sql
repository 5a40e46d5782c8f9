-- Numbers decisions go by. A published version is never edited: what decided then can always be read again.
create table policy.pack (
  id uuid primary key,
  organisation uuid not null,
  code text collate "C" not null,
  number int not null,
  title text not null,
  state text not null check (state in ('draft', 'published')),
  -- rule -> {value, source}
  values jsonb not null,
  effective_from date,
  published_at timestamptz,
  published_by text,
  drafted_by text not null,
  made_at timestamptz not null,
  version int not null default 1,
  unique (organisation, code, number),
  check ((state = 'published') = (published_at is not null)),
  check (state = 'draft' or effective_from is not null)
);
comment on table policy.pack is 'storeLevel=1';
create index pack_in_force on policy.pack (organisation, effective_from desc, published_at desc) where state = 'published';
select kernel.protect('policy.pack');

create function policy.keep_published() returns trigger language plpgsql as $$
begin
  if old.state = 'published' then
    raise exception 'a published policy pack is not changed' using errcode = 'integrity_constraint_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
create trigger keep_published before update or delete on policy.pack for each row execute function policy.keep_published();
