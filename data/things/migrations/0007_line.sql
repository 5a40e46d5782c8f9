-- How the line of a thing has been: share of beats that never came (0…1), connections that broke (I-5.3.2-1).
alter table things.contact add column loss real not null default 0, add column breaks int not null default 0;

-- Bearers are words of a list from now on; what people wrote freely is kept as a label where it is none of them.
update things.thing set bearer = case lower(replace(bearer, ' ', '-'))
    when 'lorawan' then 'lora' when '4g' then 'cellular' when '5g' then 'cellular' when 'lte' then 'cellular' when 'cat.1' then 'cellular'
    when 'cat1' then 'cellular' when 'wi-fi' then 'wifi' when 'wlan' then 'wifi' when 'bluetooth' then 'ble' when 'nbiot' then 'nb-iot'
    when 'rs-485' then 'rs485' when 'rs-232' then 'rs232' when 'lan' then 'ethernet' else lower(bearer) end
  where bearer is not null;
update things.thing set labels = labels || jsonb_build_object('bearer', bearer), bearer = null
  where bearer not in ('cellular', 'nb-iot', 'lora', 'wifi', 'ble', 'zigbee', 'nearlink', 'rs232', 'rs485', 'ethernet');
alter table things.thing add constraint thing_bearer_known
  check (bearer in ('cellular', 'nb-iot', 'lora', 'wifi', 'ble', 'zigbee', 'nearlink', 'rs232', 'rs485', 'ethernet'));

-- What modules about lines may know of things in use: what carries them, through which gateway, when they were last heard.
create view things_pub.line with (security_invoker = true) as
  select t.number, t.id, t.organisation, t.place, t.code, t.name, t.family, t.model_version, t.bearer, t.protocol, g.number as gateway,
    g.code as gateway_code, coalesce(c.state, 'unknown') as online, c.since, c.last_heard, c.interval_s, coalesce(c.loss, 0) as loss,
    coalesce(c.breaks, 0) as breaks
  from things.thing t left join things.contact c on c.thing = t.number
    left join things.relation r on r.target = t.number and r.kind = 'contains'
    left join things.thing g on g.number = r.source
  where t.whitelist = 'admitted' and t.state not in ('retired', 'scrapped');
grant select on things_pub.line to keystead_app, keystead_system;
