-- When a message was read, for those who sent it; not what it says.
create schema notify_pub;
create view notify_pub.reading with (security_invoker = true) as
  select m.organisation, m.receiver, m.about_kind, m.about_id, m.read_at from notify.message m;
grant usage on schema notify_pub to keystead_app, keystead_system;
grant select on all tables in schema notify_pub to keystead_app, keystead_system;
create index message_about on notify.message (organisation, about_kind, about_id);
