-- A pack may hold for a part of the organisation: the published one of the nearest place above decides.
alter table policy.pack add column place text collate "C" not null default '';
drop index policy.pack_in_force;
create index pack_in_force on policy.pack (organisation, place, effective_from desc, published_at desc) where state = 'published';

-- What is published stays as it is; only the path of its place follows when the tree is rearranged.
create or replace function policy.keep_published() returns trigger language plpgsql as $$
begin
  if old.state = 'published' and (tg_op = 'DELETE' or to_jsonb(new) - 'place' is distinct from to_jsonb(old) - 'place') then
    raise exception 'a published policy pack is not changed' using errcode = 'integrity_constraint_violation';
  end if;
  return case when tg_op = 'DELETE' then old else new end;
end $$;
