create schema cases_pub;
grant usage on schema cases_pub to keystead_app, keystead_system;
create view cases_pub.case with (security_invoker = true) as
  select id, organisation, place, code, kind, state, title, category, priority, opened_at, accepted_at, done_at, ended_at, rating, reopened
  from cases.case;
grant select on all tables in schema cases_pub to keystead_app, keystead_system;
