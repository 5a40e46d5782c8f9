-- How far the platform's own work of a task is; a run that was cut off goes on from here.
create table plans.progress (
  occurrence uuid primary key references plans.occurrence (id) on delete cascade,
  organisation uuid not null,
  place text collate "C" not null,
  done int not null default 0,
  total int not null default 0,
  failure text,
  changed_at timestamptz not null
);
comment on table plans.progress is 'storeLevel=1';
select kernel.protect('plans.progress', 'place');
