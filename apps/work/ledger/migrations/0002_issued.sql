-- When a charge was booked: what was owed at a past instant is asked by it.
create view ledger_pub.issued with (security_invoker = true) as
  select c.id as charge, c.organisation, c.place, p.at from ledger.charge c join ledger.posting p on p.id = c.posting;
grant select on ledger_pub.issued to keystead_app, keystead_system;
