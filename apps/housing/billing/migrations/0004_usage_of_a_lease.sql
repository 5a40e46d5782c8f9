-- A house that changes hands within a month has one figure for each of its leases.
alter table billing.usage add column agreement uuid;
drop index billing.usage_standing;
create unique index usage_standing on billing.usage (house, subject, period, agreement) nulls not distinct where replaced_at is null;
