-- H-11.3-f-1: what people ask concerning their own data, and what became of it. Values asked for stand sealed with parties.
create table privacy.request (
  id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  party uuid not null,
  kind text not null check (kind in ('see', 'correct', 'delete')),
  state text not null check (state in ('open', 'granted', 'refused')),
  proposal uuid,
  note text not null,
  case_id uuid not null,
  case_code text not null,
  asked_at timestamptz not null,
  due_at timestamptz not null,
  decided_at timestamptz,
  decided_by text,
  answer text,
  outcome text,
  kept_until timestamptz,
  version int not null default 1,
  check ((state = 'open') = (decided_at is null)),
  check ((kind = 'correct') = (proposal is not null))
);
comment on table privacy.request is 'storeLevel=3';
create index request_list on privacy.request (organisation, asked_at desc, id desc);
create index request_party on privacy.request (party);
create unique index request_open on privacy.request (party, kind) where state = 'open';
select kernel.protect('privacy.request', 'place');
