create schema alarms_pub;
grant usage on schema alarms_pub to keystead_app, keystead_system;
create view alarms_pub.alarm with (security_invoker = true) as
  select id, organisation, place, rule, subject_kind, subject_id, subject_code, subject_name, title_zh, title_en, severity, condition,
    handling, false_positive, raised_at, acknowledged_at, handling_at, cleared_at, resolved_at, closed_at
  from alarms.alarm;
grant select on all tables in schema alarms_pub to keystead_app, keystead_system;
