-- When the household will come for its keys.
alter table movein.process add column appointment_at timestamptz;
