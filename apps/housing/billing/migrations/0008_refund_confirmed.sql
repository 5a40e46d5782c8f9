-- Money that goes back by whatever way: by the channel it came by, or at the desk and by transfer. Above a limit of the policy it waits
-- until somebody else than who asked has confirmed it, and is posted then.
alter table billing.refund alter column channel drop not null, alter column pay_order drop not null;
alter table billing.refund add column way text not null default 'channel' check (way in ('channel', 'desk')),
  add column via text, add column reference text not null default '', add column key text,
  -- The limit it is above, and the pack that said so.
  add column above bigint, add column policy uuid,
  add column asked_by text, add column decided_by text, add column decided_name text, add column decided_at timestamptz,
  add column decision text;
update billing.refund r set via = c.kind, key = 'refund:' || c.kind || ':' || r.number from billing.channel c where c.id = r.channel;
alter table billing.refund alter column via set not null, alter column key set not null;
alter table billing.refund drop constraint refund_state_check;
alter table billing.refund add constraint refund_state_check check (state in ('waiting', 'asked', 'done', 'failed', 'refused'));
alter table billing.refund add constraint refund_by_channel check (way = 'desk' or (channel is not null and pay_order is not null));
-- What was refused may be asked for again under the same number.
create unique index refund_key on billing.refund (organisation, key) where state not in ('refused', 'failed');
create index refund_listed on billing.refund (organisation, asked_at desc, id desc);
drop index billing.refund_recent;
create index refund_waiting on billing.refund (organisation) where state = 'waiting';
