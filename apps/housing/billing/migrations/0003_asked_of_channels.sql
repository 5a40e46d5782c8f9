-- With a key of our own a channel can be asked: for an order, what became of it, to close it, to give money back.
alter table billing.channel add column private_key bytea;

-- What the payer is shown, until when it can be paid, the channel's number of the payment, and when we last asked.
alter table billing.pay_order add column pay jsonb, add column expires_at timestamptz, add column transaction text,
  add column asked_at timestamptz;
create index pay_order_open on billing.pay_order (channel, asked_at nulls first) where state = 'open';
create index pay_order_bill on billing.pay_order (bill) where state = 'open';

-- Money of a paid order that goes back by the channel it came by. Posted when it is asked for; undone when the channel refuses.
create table billing.refund (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  agreement uuid not null,
  party uuid not null,
  channel uuid not null references billing.channel,
  pay_order uuid not null references billing.pay_order,
  -- Our number of it: asked for again under the same number it is given once.
  number text not null unique,
  amount bigint not null check (amount > 0),
  reason text not null,
  state text not null check (state in ('asked', 'done', 'failed')),
  asked_at timestamptz not null,
  tried_at timestamptz,
  ended_at timestamptz,
  actor_name text not null
);
create index refund_recent on billing.refund (organisation, asked_at desc);
create index refund_order on billing.refund (pay_order);
create index refund_open on billing.refund (tried_at nulls first) where state = 'asked';
comment on table billing.refund is 'storeLevel=3';
select kernel.protect('billing.refund', 'place');
