-- The incident an alarm was part of when it was told: whoever was told of an incident is not told of its other alarms.
alter table notify.delivery add column incident uuid;
create index delivery_incident on notify.delivery (organisation, incident) where incident is not null;
