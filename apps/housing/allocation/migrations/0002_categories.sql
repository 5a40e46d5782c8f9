-- Which kind of household waits 保障类别: lists are looked at and given out by it.
alter table allocation.entry add column category text not null default 'general' check (category in
  ('general', 'low-income', 'special-care', 'new-worker', 'migrant-worker', 'resettled', 'talent'));

-- Did not come in its time to choose 过号: it may still choose from what is left.
alter table allocation.intent add column passed_at timestamptz;
