-- Equipment makes the product, or it does not (I-3-1); null: nobody has said.
alter table things.thing add column equipment_class text check (equipment_class in ('production', 'non-production'));
create index thing_equipment_class on things.thing (organisation, equipment_class) where equipment_class is not null;
