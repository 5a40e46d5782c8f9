-- Which alarms were open on a past day, from the index alone.
create index alarm_span on alarms.alarm (organisation, raised_at, closed_at) include (place, id);
