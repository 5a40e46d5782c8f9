-- Wordings of contracts an organisation wrote itself, from a day on; never edited, a new number follows. Those shipped are number 1.
create table papers.template (
  id uuid primary key,
  organisation uuid not null,
  kind text not null check (kind in ('first', 'renewal')),
  number int not null check (number > 1),
  effective_on date not null,
  title text not null,
  clauses jsonb not null,
  digest text not null,
  note text not null,
  at timestamptz not null,
  actor_name text not null,
  unique (organisation, kind, number)
);
comment on table papers.template is 'storeLevel=1';
select kernel.protect('papers.template');

-- The sealed file of a signed lease and its record of evidence, both in data/records. Rows are only added.
create table papers.contract (
  agreement uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  version int not null,
  digest text not null,
  template_kind text not null,
  template_number int not null,
  contract uuid not null,
  evidence uuid not null,
  sha256 text not null,
  evidence_sha256 text not null,
  certificate text not null,
  at timestamptz not null
);
comment on table papers.contract is 'storeLevel=3';
select kernel.protect('papers.contract', 'place');

create function papers.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and (to_jsonb(new) - 'place') = (to_jsonb(old) - 'place') then return new; end if;
  raise exception '% is append-only', tg_table_name using errcode = 'check_violation', constraint = 'append_only';
end $$;
create trigger kept before update or delete on papers.template for each row execute function papers.refuse_change();
create trigger kept before update or delete on papers.contract for each row execute function papers.refuse_change();
