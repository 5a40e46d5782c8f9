-- Every state an agreement was in, with when it came to it.
create view agreements_pub.standing with (security_invoker = true) as
  select v.agreement, v.organisation, a.place, a.kind, a.code, a.subject, v.number, v.state, v.at
  from agreements.version v join agreements.agreement a on a.id = v.agreement;
grant select on agreements_pub.standing to keystead_app, keystead_system;
