-- When a report is made by itself and who gets it; without a row by the standard of its kind.
create table reporting.schedule (
  organisation uuid not null,
  report text not null,
  enabled boolean not null,
  -- Day of the month and hour of the day, on the local calendar.
  day smallint not null check (day between 1 and 28),
  hour smallint not null check (hour between 0 and 23),
  formats text[] not null,
  receivers text[] not null,
  changed_at timestamptz not null,
  primary key (organisation, report)
);
comment on table reporting.schedule is 'storeLevel=2';
select kernel.protect('reporting.schedule');

-- What was made by schedule, once for each month.
create table reporting.run (
  organisation uuid not null,
  report text not null,
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  -- The id its own module gave it.
  made text not null,
  formats text[] not null,
  at timestamptz not null,
  primary key (organisation, report, month)
);
comment on table reporting.run is 'storeLevel=1';
select kernel.protect('reporting.run');

-- To whom it goes, and what became of it.
create table reporting.sending (
  organisation uuid not null,
  report text not null,
  month text not null,
  receiver text not null,
  tries smallint not null default 0,
  -- Null: nothing more will be tried.
  next_at timestamptz,
  sent_at timestamptz,
  error text,
  primary key (organisation, report, month, receiver),
  foreign key (organisation, report, month) references reporting.run
);
create index sending_due on reporting.sending (next_at) where next_at is not null;
comment on table reporting.sending is 'storeLevel=2';
select kernel.protect('reporting.sending');
