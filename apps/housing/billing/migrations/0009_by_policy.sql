-- A step of the ladder is named by its days, whichever a city writes.
update billing.notice set step = case step when 'm2' then 'd60' when 'm3' then 'd90' else 'd180' end where step in ('m2', 'm3', 'm6');
-- The pack a step went by, and the grade by which staff were warned of it; both unknown or none before this.
alter table billing.notice add column policy uuid, add column warn smallint check (warn between 2 and 4);
update billing.notice set warn = case step when 'd180' then 2 when 'd90' then 3 when 'd60' then 3 else 4 end
  where step in ('d15', 'd30', 'd60', 'd90', 'd180') and state <> 'skipped';
-- What a day of delay costs stands in the policy alone.
alter table billing.setting drop column late_rate;
