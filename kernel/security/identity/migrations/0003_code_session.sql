-- Opened by a one-time code: no password was shown, so none has to be changed first.
alter table identity.session add column by_code boolean not null default false;
