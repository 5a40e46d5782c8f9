-- Organisations that have their first rules already get the one for refunds that wait for a second person.
insert into notify.rule (id, organisation, name, enabled, definition, version, changed_at)
select uuidv7(), f.organisation, '退款待第二人确认', true,
  '{"triggers": ["refund.held"], "severity": {"from": 1, "to": 4}, "place": "",
    "audience": {"users": [], "roles": [], "permission": "payment:confirm", "assignee": false},
    "channels": ["in-app"], "webhooks": []}', 1, f.at
from notify.furnished f;
