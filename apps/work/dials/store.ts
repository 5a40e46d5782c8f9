import type { Actor, Scope } from '@keystead/contracts/access';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { CheckState } from './check.ts';

export interface CheckRow {
  id: string;
  organisation: string;
  place: string;
  thing: string;
  /** Dense number of the thing. */
  number: number;
  property: string;
  photo: string;
  takenAt: Date;
  dial: string;
  firstDial: string | null;
  register: number | null;
  registerTime: string | null;
  lastPlaces: number | null;
  state: CheckState;
  actor: string;
  actorName: string;
  recordedAt: Date;
  note: string | null;
  reviewer: string | null;
  reviewerName: string | null;
  reviewedAt: Date | null;
}

export interface CheckFilter {
  thing?: string;
  state?: CheckState;
  /** Id of the last one of the page before. */
  cursor?: string;
  limit: number;
}

const columns = sql.raw(`
  id, organisation, place, thing, number, property, photo, taken_at as "takenAt", dial, first_dial as "firstDial", register,
  register_time as "registerTime", last_places as "lastPlaces", state, actor, actor_name as "actorName",
  recorded_at as "recordedAt", note, reviewer, reviewer_name as "reviewerName", reviewed_at as "reviewedAt"`);

const visible = (scope: Scope) => sql<boolean>`organisation = ${scope.organisation} and ${inSubtrees(scope, 'place')}`;

/** Newest first. */
export const listQuery = ({ scope }: Actor, { thing, state, cursor, limit }: CheckFilter) => sql<CheckRow>`
  select ${columns} from dials.check where ${visible(scope)}
    ${thing ? sql`and thing = ${thing}` : sql``} ${state ? sql`and state = ${state}` : sql``}
    ${cursor ? sql`and id < ${cursor}` : sql``}
  order by id desc limit ${limit}`;

export const oneQuery = ({ scope }: Actor, id: string) =>
  sql<CheckRow>`select ${columns} from dials.check where id = ${id} and ${visible(scope)}`;

export const insert = (tx: Tx, row: CheckRow): Promise<number> =>
  tx.run(sql`
    insert into dials.check (id, organisation, place, thing, number, property, photo, taken_at, dial, register, register_time,
      last_places, state, actor, actor_name, recorded_at)
    values (${row.id}, ${row.organisation}, ${row.place}, ${row.thing}, ${row.number}, ${row.property}, ${row.photo}, ${row.takenAt},
      ${row.dial}, ${row.register}, ${row.registerTime}, ${row.lastPlaces}, ${row.state}, ${row.actor}, ${row.actorName},
      ${row.recordedAt})`);

/** Writes the verdict; 0 when somebody else gave one before. */
export const review = (tx: Tx, row: CheckRow): Promise<number> =>
  tx.run(sql`
    update dials.check set dial = ${row.dial}, first_dial = ${row.firstDial}, last_places = ${row.lastPlaces}, state = ${row.state},
      note = ${row.note}, reviewer = ${row.reviewer}, reviewer_name = ${row.reviewerName}, reviewed_at = ${row.reviewedAt}
    where id = ${row.id} and organisation = ${row.organisation} and reviewer is null`);
