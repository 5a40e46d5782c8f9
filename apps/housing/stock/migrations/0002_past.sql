-- How a house stood on a past day, for all houses of a city at once, from the index alone.
create index status_past on stock.status (house, at desc, number desc) include (organisation, place, to_state);
drop index stock.status_at;
