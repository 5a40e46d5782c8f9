-- What is measured before a device of a family goes into service, with the limits each value must keep.
create table things.commissioning (
  organisation uuid not null,
  family text not null,
  points jsonb not null,
  changed_at timestamptz not null,
  changed_by text not null,
  primary key (organisation, family)
);
comment on table things.commissioning is 'storeLevel=1';
select kernel.protect('things.commissioning');
