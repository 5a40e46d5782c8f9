-- I-7.1-b: codec scripts of an organisation. `published` is the version devices are decoded by; null = none yet.
create table codecs.codec (
  id uuid primary key,
  organisation uuid not null,
  name text collate "C" not null,
  title text not null,
  latest int not null,
  published int,
  changed_at timestamptz not null,
  changed_by text not null,
  constraint codec_name_unique unique (organisation, name)
);
comment on table codecs.codec is 'storeLevel=2';
select kernel.protect('codecs.codec');

-- What was once written stays as it was: a change is a new version.
create table codecs.version (
  codec uuid not null references codecs.codec on delete cascade,
  organisation uuid not null,
  number int not null,
  source text not null,
  samples jsonb not null,
  functions text[] not null,
  note text not null,
  written_at timestamptz not null,
  written_by text not null,
  primary key (codec, number)
);
comment on table codecs.version is 'storeLevel=2';
select kernel.protect('codecs.version');
create function codecs.keep_version() returns trigger language plpgsql as $$
begin
  raise exception 'a version of a codec is never changed';
end $$;
create trigger keep before update on codecs.version for each row execute function codecs.keep_version();

-- Which version was in force from when on, and how it came to be.
create table codecs.publication (
  id uuid primary key,
  codec uuid not null references codecs.codec on delete cascade,
  organisation uuid not null,
  number int not null,
  way text not null check (way in ('publish', 'roll-back')),
  at timestamptz not null,
  by_name text not null
);
create index publication_course on codecs.publication (codec, at desc, id desc);
comment on table codecs.publication is 'storeLevel=2';
select kernel.protect('codecs.publication');
