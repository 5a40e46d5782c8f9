-- One row per thing that is encrypted with a key of its own. Shredded = the key is gone, and with it the contents.
create table keys.data_key (
  id uuid primary key,
  organisation uuid not null,
  wrapped bytea,
  made_at timestamptz not null,
  shredded_at timestamptz,
  check ((wrapped is null) = (shredded_at is not null))
);
comment on table keys.data_key is 'storeLevel=3';
select kernel.protect('keys.data_key');
