-- Whose sign-in it went to, so that it is known who read it.
alter table notices.delivery add column account text;
