create schema plans_pub;
grant usage on schema plans_pub to keystead_app, keystead_system;
create view plans_pub.task with (security_invoker = true) as
  select id, plan, organisation, place, case_id, at, deadline, state from plans.occurrence;
grant select on all tables in schema plans_pub to keystead_app, keystead_system;
