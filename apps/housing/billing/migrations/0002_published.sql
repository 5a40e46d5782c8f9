create schema billing_pub;
grant usage on schema billing_pub to keystead_app, keystead_system;
-- What meters counted, thousandths of the unit; a replaced figure keeps when it was replaced.
create view billing_pub.usage with (security_invoker = true) as
  select id, organisation, place, house, subject, period, quantity, source, at, replaced_at from billing.usage;
grant select on all tables in schema billing_pub to keystead_app, keystead_system;
