-- What all meters counted in a month.
create index usage_month on billing.usage (organisation, period, subject);
