-- H-6.2: the media server of an organisation and what is asked of it; one row.
create table video.setting (
  organisation uuid primary key,
  media_url text,
  public_url text,
  app text not null,
  segment_s int not null check (segment_s between 10 and 86400),
  retention_days int not null check (retention_days between 30 and 3650),
  -- Sealed by the envelope under the organisation: the media server's own secret, and the key links are signed with.
  secret bytea,
  link_key bytea,
  -- Algorithm slots of communities between the two sizes (H-6.2-e).
  middle_slots text[] not null,
  uplink jsonb,
  uplink_password bytea,
  version int not null default 1
);
comment on table video.setting is 'storeLevel=3';
select kernel.protect('video.setting');

-- What the register of things does not know of a camera: how the media server calls it, and how its recordings stand.
create table video.camera (
  thing uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  stream text collate "C" not null,
  perimeter boolean not null,
  upward text collate "C",
  since timestamptz not null,
  recording text not null default 'unknown' check (recording in ('unknown', 'kept', 'gaps', 'unreachable')),
  gaps jsonb not null default '[]',
  checked_at timestamptz,
  version int not null default 1,
  constraint camera_stream_unique unique (organisation, stream),
  constraint camera_upward_unique unique (organisation, upward)
);
comment on table video.camera is 'storeLevel=2';
select kernel.protect('video.camera', 'place');

create table video.channel (
  recorder uuid not null,
  channel text collate "C" not null,
  organisation uuid not null,
  place text collate "C" not null,
  parent text not null,
  name text not null,
  online boolean not null,
  maker text not null,
  model text not null,
  camera uuid,
  seen_at timestamptz not null,
  primary key (recorder, channel)
);
comment on table video.channel is 'storeLevel=2';
select kernel.protect('video.channel', 'place');

-- H-6.2-0: one line per item of the site checklist, with the file that shows it.
create table video.check_item (
  thing uuid not null,
  item text collate "C" not null,
  organisation uuid not null,
  place text collate "C" not null,
  state text not null check (state in ('met', 'unmet', 'not-applicable')),
  note text not null,
  record uuid,
  checked_at timestamptz not null,
  checked_by text not null,
  primary key (thing, item)
);
comment on table video.check_item is 'storeLevel=2';
select kernel.protect('video.check_item', 'place');

create table video.site (
  place_id uuid primary key,
  organisation uuid not null,
  place text collate "C" not null,
  households int check (households >= 0),
  slots jsonb not null,
  version int not null default 1
);
comment on table video.site is 'storeLevel=2';
select kernel.protect('video.site', 'place');

-- That results of an algorithm come, not what they say: faces and plates stay with the signals, under their own rights.
create table video.slot_result (
  thing uuid not null,
  slot text not null,
  organisation uuid not null,
  place text collate "C" not null,
  results bigint not null,
  last_at timestamptz not null,
  primary key (thing, slot)
);
comment on table video.slot_result is 'storeLevel=2';
select kernel.protect('video.slot_result', 'place');
