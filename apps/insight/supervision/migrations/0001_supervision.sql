-- A named screen of the supervisor, and the warnings it is sent.
create table supervision.terminal (
  id uuid primary key,
  organisation uuid not null,
  -- Path it answers for; '' = everything.
  place text collate "C" not null,
  name text not null,
  -- Warnings of this severity and graver, 1 = gravest.
  severity smallint not null check (severity between 1 and 4),
  -- The account that says it received; null = any that may watch.
  account text,
  made_at timestamptz not null,
  ended_at timestamptz
);
create unique index terminal_name on supervision.terminal (organisation, name) where ended_at is null;
comment on table supervision.terminal is 'storeLevel=2';
select kernel.protect('supervision.terminal', 'place');

create table supervision.push (
  terminal uuid not null references supervision.terminal,
  alarm uuid not null,
  organisation uuid not null,
  place text collate "C" not null,
  severity smallint not null,
  title_zh text not null,
  title_en text not null,
  subject text not null,
  raised_at timestamptz not null,
  pushed_at timestamptz not null,
  received_at timestamptz,
  received_by text,
  primary key (terminal, alarm)
);
create index push_recent on supervision.push (organisation, terminal, pushed_at desc);
comment on table supervision.push is 'storeLevel=2';
select kernel.protect('supervision.push', 'place');

-- Figures as they were reported; never changed, made again only under another number.
create table supervision.report (
  id uuid primary key,
  organisation uuid not null,
  template text not null,
  month text not null check (month ~ '^\d{4}-(0[1-9]|1[0-2])$'),
  number int not null,
  at timestamptz not null,
  made_by text not null,
  figures jsonb not null,
  unique (organisation, template, month, number)
);
comment on table supervision.report is 'storeLevel=2';
select kernel.protect('supervision.report');

create function supervision.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'a report never changes' using errcode = 'check_violation', constraint = 'append_only';
end $$;
create trigger kept before update or delete on supervision.report for each row execute function supervision.refuse_change();
