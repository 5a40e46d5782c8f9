-- What kind of household applies 保障类别: it waits under it once the application is approved.
alter table eligibility.application add column category text not null default 'general'
  check (category in ('general', 'low-income', 'special-care', 'new-worker', 'migrant-worker', 'resettled', 'talent'));
