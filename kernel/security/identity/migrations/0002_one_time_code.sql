-- Codes that live for minutes and are used once: to sign in without a password, to sign a paper.
create table identity.one_time_code (
  account uuid not null references identity.account,
  organisation uuid not null,
  purpose text not null,
  hash bytea not null,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  tries int not null,
  -- How many went out since `counted_from`: a day's worth is limited.
  sent int not null,
  counted_from timestamptz not null,
  primary key (account, purpose)
);
comment on table identity.one_time_code is 'storeLevel=3';
create index one_time_code_old on identity.one_time_code (expires_at);
select kernel.protect('identity.one_time_code');
revoke all on identity.one_time_code from keystead_app;
grant select, insert, update, delete on identity.one_time_code to keystead_system;
