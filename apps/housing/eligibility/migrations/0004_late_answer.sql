-- When staff were told that the answer to the appeal of a decision is late.
alter table eligibility.sanction add column escalated_at timestamptz;
create index sanction_late on eligibility.sanction (answer_by) where state = 'appealed' and escalated_at is null;
