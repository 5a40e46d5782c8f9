-- What a lease has beyond any agreement: how it came about, and its filing with the authority.
create table leases.lease (
  agreement uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  kind text not null check (kind in ('first', 'renewal', 'resign')),
  previous uuid,
  -- Last day of the lease before, as it was until this one cut it short.
  shortened_from date,
  signed_on date,
  filing_due_on date,
  filed_on date,
  filing_number text,
  reminded_at timestamptz
);
create index lease_unfiled on leases.lease (filing_due_on) where filed_on is null and filing_due_on is not null;
create index lease_previous on leases.lease (previous) where previous is not null;
comment on table leases.lease is 'storeLevel=2';
select kernel.protect('leases.lease', 'place');
