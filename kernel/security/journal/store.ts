import type { Actor } from '@keystead/contracts/access';
import { type Query, sql } from '@keystead/kernel/db';
import type { VerificationView } from './schemas.ts';

export interface VerificationRow {
  id: string;
  startedAt: Date;
  state: VerificationView['state'];
  done: number;
  total: number;
  report: VerificationView['report'];
}

const verification = sql.raw(`id, started_at as "startedAt", state, done, total, report`);

/** A run that has not been heard of for a minute died with its process. */
export const runningVerification = (now: Date): Query<VerificationRow> =>
  sql<VerificationRow>`select ${verification} from journal.verification
    where state = 'running' and seen_at > ${new Date(now.getTime() - 60_000)} order by started_at desc limit 1`;

export const addVerification = (id: string, actor: Actor, now: Date): Query<unknown> => sql`
  insert into journal.verification (id, organisation, actor, started_at, seen_at, state, done, total)
  values (${id}, ${actor.scope.organisation}, ${actor.id}, ${now}, ${now}, 'running', 0, 0)`;

export const noteProgress = (id: string, done: number, total: number, now: Date): Query<unknown> =>
  sql`update journal.verification set done = ${done}, total = ${total}, seen_at = ${now} where id = ${id}`;

export const endVerification = (id: string, state: 'done' | 'failed', report: unknown, now: Date): Query<unknown> =>
  sql`update journal.verification set state = ${state}, report = ${report === null ? null : JSON.stringify(report)},
    seen_at = ${now} where id = ${id}`;

export const verifications = (limit: number): Query<VerificationRow> =>
  sql<VerificationRow>`select ${verification} from journal.verification order by started_at desc, id desc limit ${limit}`;

export const verificationById = (id: string): Query<VerificationRow> =>
  sql<VerificationRow>`select ${verification} from journal.verification where id = ${id}`;

/** The last hundred runs are kept. */
export const forgetVerifications: Query<unknown> = sql`delete from journal.verification where id in (
  select id from journal.verification order by started_at desc, id desc offset 100)`;
