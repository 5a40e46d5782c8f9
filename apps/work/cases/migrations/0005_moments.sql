-- Repairs by what happened to them in a month.
create index case_repair_accepted on cases.case (organisation, accepted_at) where kind = 'repair';
create index case_repair_done on cases.case (organisation, done_at) where kind = 'repair';
create index case_kind_opened on cases.case (organisation, kind, opened_at);
