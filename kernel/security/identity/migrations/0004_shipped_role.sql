-- What a version of the platform last gave an organisation as its own roles. A role whose rights are still these follows
-- the next version; one that was edited or deleted since does not.
create table identity.shipped_role (
  organisation uuid not null references identity.organisation,
  code text not null,
  permissions text[] not null,
  at timestamptz not null,
  primary key (organisation, code)
);
comment on table identity.shipped_role is 'storeLevel=2';
select kernel.protect('identity.shipped_role');
revoke all on identity.shipped_role from keystead_app;
grant select, insert, update, delete on identity.shipped_role to keystead_system;

-- Roles of organisations that are there: made in the same moment as their organisation and never saved since, they are as
-- they came. Of an edited one nobody knows any more what it was, so nothing of it counts as given.
insert into identity.shipped_role (organisation, code, permissions, at)
select r.organisation, r.code,
  case when r.version = 1 and r.denies = '{}' then r.permissions else '{}' end, r.made_at
from identity.role r join identity.organisation o on o.id = r.organisation
where r.made_at = o.made_at;
