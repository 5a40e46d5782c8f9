-- What people read in the console.
create table notify.message (
  id uuid primary key,
  organisation uuid not null,
  receiver text not null,
  trigger text not null,
  severity smallint not null,
  title text not null,
  body text not null,
  about_kind text not null,
  about_id text not null,
  created_at timestamptz not null,
  read_at timestamptz
);
create index message_of on notify.message (organisation, receiver, created_at desc, id desc);
create index message_unread on notify.message (organisation, receiver) where read_at is null;
create index message_old on notify.message (created_at);
comment on table notify.message is 'storeLevel=2';
select kernel.protect('notify.message');

create table notify.rule (
  id uuid primary key,
  organisation uuid not null,
  name text not null,
  enabled boolean not null,
  definition jsonb not null,
  version int not null,
  changed_at timestamptz not null
);
create index rule_of on notify.rule (organisation);
comment on table notify.rule is 'storeLevel=2';
select kernel.protect('notify.rule');

-- Texts an organisation wrote itself; channel '*' = any.
create table notify.template (
  organisation uuid not null,
  trigger text not null,
  channel text not null,
  language text not null,
  title text not null,
  body text not null,
  version int not null,
  changed_at timestamptz not null,
  primary key (organisation, trigger, channel, language)
);
comment on table notify.template is 'storeLevel=1';
select kernel.protect('notify.template');

-- The secret is in an envelope only the installation's master key opens.
create table notify.channel (
  id uuid primary key,
  organisation uuid not null,
  kind text not null check (kind in ('mail', 'sms', 'webhook')),
  name text not null,
  enabled boolean not null,
  settings jsonb not null,
  secret bytea,
  version int not null,
  changed_at timestamptz not null
);
create unique index channel_single on notify.channel (organisation, kind) where kind <> 'webhook';
create index channel_of on notify.channel (organisation);
comment on table notify.channel is 'storeLevel=3';
select kernel.protect('notify.channel');

-- Private addresses webhooks may nevertheless go to: `10.1.2.3`, `10.1.0.0/16`.
create table notify.allowed_target (
  organisation uuid not null,
  target text not null,
  primary key (organisation, target)
);
comment on table notify.allowed_target is 'storeLevel=2';
select kernel.protect('notify.allowed_target');

-- A trouble that is told when it begins and when it is over; each beginning is one episode.
create table notify.thread (
  organisation uuid not null,
  key text not null,
  episode int not null,
  open boolean not null,
  changed_at timestamptz not null,
  primary key (organisation, key)
);
create index thread_old on notify.thread (changed_at) where not open;
comment on table notify.thread is 'storeLevel=1';
select kernel.protect('notify.thread');

-- One message to one receiver by one channel, from the decision on: the outbox and the log of what was told to whom.
create table notify.delivery (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  key text not null,
  trigger text not null,
  phase text not null check (phase in ('open', 'update', 'close', 'single')),
  thread text,
  episode int,
  rule uuid,
  channel text not null check (channel in ('in-app', 'mail', 'sms', 'webhook')),
  channel_id uuid,
  receiver text not null,
  receiver_name text not null,
  severity smallint not null,
  title text not null,
  body text not null,
  about_kind text not null,
  about_id text not null,
  state text not null check (state in ('queued', 'sent', 'failed', 'suppressed')),
  reason text,
  held boolean not null,
  digest_key text,
  merged_into uuid,
  attempts int not null default 0,
  error text,
  sent_to text,
  created_at timestamptz not null,
  next_at timestamptz,
  leased_until timestamptz,
  sent_at timestamptz,
  unique (organisation, key)
);
create index delivery_due on notify.delivery (next_at) where state = 'queued';
create index delivery_recent on notify.delivery (organisation, created_at desc, id desc);
create index delivery_thread on notify.delivery (organisation, thread, episode) where thread is not null;
create index delivery_digest on notify.delivery (organisation, digest_key, created_at desc) where digest_key is not null;
comment on table notify.delivery is 'storeLevel=2';
select kernel.protect('notify.delivery', 'place');

-- Where the provider `log` puts the texts it would send: for demonstrations, plainly named so.
create table notify.sms_outbox (
  id uuid primary key,
  organisation uuid not null,
  delivery uuid not null,
  receiver_name text not null,
  sent_to text not null,
  text text not null,
  at timestamptz not null,
  unique (delivery)
);
create index sms_outbox_recent on notify.sms_outbox (organisation, at desc);
comment on table notify.sms_outbox is 'storeLevel=2';
select kernel.protect('notify.sms_outbox');

create table notify.furnished (
  organisation uuid primary key,
  at timestamptz not null
);
comment on table notify.furnished is 'storeLevel=1';
select kernel.protect('notify.furnished');
