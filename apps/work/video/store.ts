import type { Scope } from '@keystead/contracts/access';
import { inSubtrees, type Query, sql, underPath } from '@keystead/kernel/db';
import type { CheckItem, CheckState } from './check-item.ts';
import type { Gap } from './recording.ts';
import type { Slot } from './slot.ts';

export type RecordingState = 'unknown' | 'kept' | 'gaps' | 'unreachable';

/** A camera as it stands in the register of things, with what video knows of it. */
export interface CameraLine {
  id: string;
  code: string;
  name: string;
  place: string;
  placeId: string | null;
  online: string;
  lastHeard: Date | null;
  stream: string | null;
  perimeter: boolean;
  upward: string | null;
  since: Date | null;
  recorder: string | null;
  channel: string | null;
  recording: RecordingState;
  gaps: Gap[];
  checkedAt: Date | null;
  /** Lines of the checklist that are filled and are no gap. */
  settled: number;
  version: number;
}

const columns = sql`t.id, t.code, t.name, t.place, t.place_id as "placeId", t.online, t.last_heard as "lastHeard",
  shown.recorder, shown.channel, c.stream, coalesce(c.perimeter, false) as perimeter, c.upward, c.since, coalesce(c.recording, 'unknown') as recording,
  coalesce(c.gaps, '[]') as gaps, c.checked_at as "checkedAt", coalesce(c.version, 0) as version,
  (select count(*)::int from video.check_item i where i.thing = t.id
    and (i.state = 'not-applicable' or (i.state = 'met' and i.record is not null))) as settled`;
const from = sql`things_pub.thing t left join video.camera c on c.thing = t.id left join lateral (
  select recorder, channel from video.channel h where h.camera = t.id order by h.online desc, h.channel limit 1) shown on true`;
const living = sql`t.family = 'camera' and t.state not in ('retired', 'scrapped')`;

export interface CameraFilter {
  under?: string;
  online?: string;
  recording?: string;
  text?: string;
  after?: { code: string; id: string };
  limit: number;
}

export const camerasInView = (scope: Scope, filter: CameraFilter): Query<CameraLine> => {
  const like = `%${(filter.text ?? '').replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return sql<CameraLine>`select ${columns} from ${from}
    where ${living} and t.organisation = ${scope.organisation} and ${inSubtrees(scope, 't.place')}
      ${filter.under ? sql`and ${underPath(filter.under, 't.place')}` : sql``}
      ${filter.online ? sql`and t.online = ${filter.online}` : sql``}
      ${filter.recording ? sql`and coalesce(c.recording, 'unknown') = ${filter.recording}` : sql``}
      ${filter.text ? sql`and (t.code ilike ${like} or t.name ilike ${like})` : sql``}
      ${filter.after ? sql`and (t.code, t.id) > (${filter.after.code}, ${filter.after.id}::uuid)` : sql``}
    order by t.code, t.id limit ${filter.limit}`;
};

export const cameraById = (scope: Scope, id: string): Query<CameraLine> => sql<CameraLine>`
  select ${columns} from ${from} where ${living} and t.organisation = ${scope.organisation} and t.id = ${id}
    and ${inSubtrees(scope, 't.place')}`;

/** Cameras of an organisation the media server knows. */
export const enteredCameras = (organisation: string): Query<CameraLine & { stream: string; since: Date }> =>
  sql<CameraLine & { stream: string; since: Date }>`
    select ${columns} from ${from} where ${living} and t.organisation = ${organisation} and c.stream is not null order by t.id`;

export interface FilledLine {
  item: CheckItem;
  state: CheckState;
  note: string;
  record: string | null;
  checkedAt: Date;
  checkedBy: string;
}

export const filledLines = (thing: string): Query<FilledLine> => sql<FilledLine>`
  select item, state, note, record, checked_at as "checkedAt", checked_by as "checkedBy" from video.check_item
  where thing = ${thing}`;

export interface SlotLine {
  thing: string;
  slot: Slot;
  results: number;
  lastAt: Date;
}

export const resultsOf = (thing: string): Query<SlotLine> => sql<SlotLine>`
  select thing, slot, results::int as results, last_at as "lastAt" from video.slot_result where thing = ${thing}`;

export const resultsUnder = (scope: Scope, path: string): Query<{ slot: Slot; lastAt: Date }> =>
  sql<{ slot: Slot; lastAt: Date }>`
    select slot, max(last_at) as "lastAt" from video.slot_result
    where organisation = ${scope.organisation} and ${underPath(path, 'place')} group by slot`;
