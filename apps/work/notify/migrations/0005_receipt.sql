-- What a carrier of text messages told of one: that it arrived, or why not. Told again it stays as it was first told.
create table notify.receipt (
  organisation uuid not null,
  message uuid not null,
  channel uuid not null,
  state text not null check (state in ('delivered', 'failed')),
  code text not null,
  told_at timestamptz not null,
  at timestamptz not null,
  primary key (organisation, message)
);
comment on table notify.receipt is 'storeLevel=2';
select kernel.protect('notify.receipt');
