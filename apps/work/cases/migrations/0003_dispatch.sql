-- Who may be given work by the platform itself: what he can do, and how much of it at once.
create table cases.worker (
  organisation uuid not null,
  account uuid not null,
  skills text[] not null,
  most int not null check (most between 1 and 200),
  changed_at timestamptz not null,
  primary key (organisation, account)
);
comment on table cases.worker is 'storeLevel=2';
select kernel.protect('cases.worker');

-- Days after which nobody's word counts as consent, where an organisation has its own.
create table cases.consent (
  organisation uuid not null,
  kind text not null,
  days int not null check (days between 1 and 90),
  changed_at timestamptz not null,
  primary key (organisation, kind)
);
comment on table cases.consent is 'storeLevel=1';
select kernel.protect('cases.consent');
