-- Imports by batch, so that the last one can be taken back as long as nothing was built on it.
create table things.import_batch (
  id uuid primary key,
  organisation uuid not null,
  at timestamptz not null,
  by text not null,
  count int not null,
  undone_at timestamptz
);
comment on table things.import_batch is 'storeLevel=2';
create index import_batch_latest on things.import_batch (organisation, at desc);
select kernel.protect('things.import_batch');
