-- When a charge was booked stands with it: what was owed at a past instant is asked by it, for a month of a whole city at once.
alter table ledger.charge add column at timestamptz;
alter table ledger.charge disable trigger kept;
update ledger.charge c set at = p.at from ledger.posting p where p.id = c.posting;
alter table ledger.charge enable trigger kept;
alter table ledger.charge alter column at set not null;
create index charge_due on ledger.charge (organisation, due_on);
create index settlement_at_charge on ledger.settlement (charge, at) include (organisation, amount);
drop index ledger.settlement_charge;

create or replace view ledger_pub.charge with (security_invoker = true) as
  select id, organisation, place, document, agreement, party, subject, fund, period, due_on, amount, settled, waived,
    reversed_at, detail, at from ledger.charge;
