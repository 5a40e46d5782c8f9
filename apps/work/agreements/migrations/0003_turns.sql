-- When each agreement came to which state, and when it was last touched: a past day is asked by them.
create or replace view agreements_pub.agreement with (security_invoker = true) as
  select id, organisation, place, kind, code, subject, state, starts_on, ends_on, created_at, changed_at from agreements.agreement;
create view agreements_pub.turn with (security_invoker = true) as
  select agreement, organisation, number, state, at from agreements.version;
grant select on agreements_pub.turn to keystead_app, keystead_system;
create index version_turn on agreements.version (agreement, number desc) include (organisation, state, at);
