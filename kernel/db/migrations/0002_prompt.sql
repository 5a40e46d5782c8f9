-- Subscriptions that come before all others had it; the others take it off.
alter table kernel.outbox add column prompted boolean not null default false;
