-- What a payment was put on the moment it came in; what was prepaid before it is in it too, up to what was settled.
create view ledger_pub.payment_share with (security_invoker = true) as
  select p.id as payment, p.organisation, s.charge, s.amount
  from ledger.payment p join ledger.posting mine on mine.id = p.posting
  join lateral (select q.id from ledger.posting q where q.organisation = p.organisation and q.agreement = p.agreement
    and q.kind = 'settlement' and q.at = mine.at and q.number > mine.number order by q.number limit 1) q on true
  join ledger.settlement s on s.posting = q.id;
grant select on ledger_pub.payment_share to keystead_app, keystead_system;
