import { sql } from '@keystead/kernel/db';
import type { CaseState } from './case.ts';
import type { ServiceClock } from './clock.ts';
import type { Grade, Priority } from './priority.ts';

export interface Subject {
  readonly kind: string;
  readonly id: string;
  readonly label: string;
}

/** A case as it is kept. */
export interface CaseRow {
  id: string;
  organisation: string;
  place: string;
  placeId: string | null;
  code: string;
  kind: string;
  state: CaseState;
  title: string;
  description: string;
  category: string | null;
  impact: Grade;
  urgency: Grade;
  priority: Priority;
  /** `person`, `alarm`, `offline`, or the module that opened it. */
  source: string;
  requester: string | null;
  requesterName: string | null;
  assignee: string | null;
  assigneeName: string | null;
  team: string | null;
  waitingFor: string | null;
  outcome: string | null;
  form: Record<string, unknown>;
  rating: number | null;
  ratingNote: string | null;
  openedAt: Date;
  acceptedAt: Date | null;
  doneAt: Date | null;
  endedAt: Date | null;
  reopened: number;
  changedAt: Date;
  version: number;
}

/** Columns of `cases.case c` under the names of CaseRow. */
export const caseColumns = sql.raw(`
  c.id, c.organisation, c.place, c.place_id as "placeId", c.code, c.kind, c.state, c.title, c.description, c.category,
  c.impact, c.urgency, c.priority, c.source, c.requester, c.requester_name as "requesterName", c.assignee,
  c.assignee_name as "assigneeName", c.team, c.waiting_for as "waitingFor", c.outcome, c.form, c.rating,
  c.rating_note as "ratingNote", c.opened_at as "openedAt", c.accepted_at as "acceptedAt", c.done_at as "doneAt",
  c.ended_at as "endedAt", c.reopened, c.changed_at as "changedAt", c.version`);

export interface ClockRow extends ServiceClock {
  caseId: string;
  warnAt: Date | null;
  dueAt: Date | null;
}

export const clockColumns = sql.raw(`
  k.case_id as "caseId", k.name, k.target, k.calendar, k.spent, k.running_since as "runningSince",
  k.stopped_at as "stoppedAt", k.warned_at as "warnedAt", k.breached_at as "breachedAt", k.warn_at as "warnAt", k.due_at as "dueAt"`);
