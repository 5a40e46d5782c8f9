-- The decision that ended a place on the list: its household is barred. When it is lifted the place is given back.
alter table allocation.entry add column bar uuid, add column bar_code text;
create index entry_bar on allocation.entry (bar) where bar is not null;
create index entry_household on allocation.entry (household);

-- An intent may end with the place of its household on the list.
alter table allocation.intent drop constraint intent_state_check;
alter table allocation.intent add constraint intent_state_check check (state in ('intended', 'chosen', 'declined', 'ended'));
