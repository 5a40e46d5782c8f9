-- Fines of decisions about misused homes are a kind of fee every organisation has.
insert into billing.subject (organisation, code, name_zh, name_en, fund, rank, unit, retired, version, changed_at)
select organisation, 'fine', '罚款', 'Fine', 'income', 70, null, false, 1, max(changed_at) from billing.subject group by organisation
on conflict do nothing;
