-- Vouchers are only ever added, so that what a row points to cannot go away again: whether it is there is asked once for all rows of a
-- statement instead of once for each (a month's bills are a million rows).
alter table ledger.entry drop constraint entry_posting_fkey;
alter table ledger.charge drop constraint charge_posting_fkey;
alter table ledger.settlement drop constraint settlement_posting_fkey, drop constraint settlement_charge_fkey;
alter table ledger.payment drop constraint payment_posting_fkey;

create function ledger.check_posting() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from added a left join ledger.posting p on p.id = a.posting where p.id is null) then
    raise exception 'no such posting' using errcode = 'foreign_key_violation', constraint = 'posting_there';
  end if;
  return null;
end $$;
create function ledger.check_charge() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if exists (select from added a left join ledger.charge c on c.id = a.charge where c.id is null) then
    raise exception 'no such charge' using errcode = 'foreign_key_violation', constraint = 'charge_there';
  end if;
  return null;
end $$;
revoke execute on function ledger.check_posting(), ledger.check_charge() from public;
create trigger posting_there after insert on ledger.entry referencing new table as added
  for each statement execute function ledger.check_posting();
create trigger posting_there after insert on ledger.charge referencing new table as added
  for each statement execute function ledger.check_posting();
create trigger posting_there after insert on ledger.settlement referencing new table as added
  for each statement execute function ledger.check_posting();
create trigger posting_there after insert on ledger.payment referencing new table as added
  for each statement execute function ledger.check_posting();
create trigger charge_there after insert on ledger.settlement referencing new table as added
  for each statement execute function ledger.check_charge();
