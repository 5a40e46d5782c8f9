-- What a violation was, who found it where the facts do not say so, and by which pack of the policy its days were set.
alter table exits.exit add column ground text;
alter table exits.exit add column finding text;
alter table exits.exit add column policy uuid;
-- Rent from the day on which the household had to be out: from when, how much, of which market rent, by which pack.
alter table exits.exit add column transition jsonb;
create index exit_staying on exits.exit (leave_by) where state in ('initiated', 'accepted', 'inspected') and transition is null;
