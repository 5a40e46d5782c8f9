-- When the household said that the last account is right.
alter table exits.exit add column confirmed_at timestamptz;
