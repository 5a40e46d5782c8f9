-- Who holds a case, and until when it is to be resolved: for those who plan the way of a day.
create or replace view cases_pub.case with (security_invoker = true) as
  select id, organisation, place, code, kind, state, title, category, priority, opened_at, accepted_at, done_at, ended_at, rating, reopened,
    assignee, team, (select k.due_at from cases.clock k where k.case_id = c.id and k.name = 'resolution') as due_at
  from cases.case c;
