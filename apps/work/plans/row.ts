import { sql } from '@keystead/kernel/db';
import type { Definition, PlanDraft } from './plan.ts';

export interface PlanRow {
  id: string;
  organisation: string;
  place: string;
  placeId: string | null;
  code: string;
  name: string;
  kind: PlanDraft['kind'];
  system: PlanDraft['system'];
  cycle: string;
  enabled: boolean;
  edition: number;
  definition: Definition;
  madeUntil: Date;
  dueAt: Date | null;
  version: number;
}

export const planColumns = sql.raw(`
  p.id, p.organisation, p.place, p.place_id as "placeId", p.code, p.name, p.kind, p.system, p.cycle, p.enabled, p.edition,
  p.definition, p.made_until as "madeUntil", p.due_at as "dueAt", p.version`);

export interface SubjectRow {
  number: number;
  kind: 'thing' | 'place';
  id: string;
  label: string;
  place: string;
  mark: number | null;
  turns: number;
  held: boolean;
}

export const subjectColumns = sql.raw('s.number, s.kind, s.id, s.label, s.place, s.mark, s.turns, s.held');

export interface OccurrenceRow {
  id: string;
  plan: string;
  organisation: string;
  place: string;
  key: string;
  subjectKind: 'thing' | 'place';
  subject: string;
  subjectLabel: string;
  edition: number;
  at: Date;
  deadline: Date;
  state: 'open' | 'done' | 'cancelled';
  caseId: string | null;
  caseCode: string | null;
  supervision: string | null;
  madeAt: Date;
  missedAt: Date | null;
  doneAt: Date | null;
  doneBy: string | null;
}

export const occurrenceColumns = sql.raw(`
  o.id, o.plan, o.organisation, o.place, o.key, o.subject_kind as "subjectKind", o.subject, o.subject_label as "subjectLabel",
  o.edition, o.at, o.deadline, o.state, o.case_id as "caseId", o.case_code as "caseCode", o.supervision, o.made_at as "madeAt",
  o.missed_at as "missedAt", o.done_at as "doneAt", o.done_by as "doneBy"`);

export interface ReadingRow {
  point: number;
  at: Date;
  actor: string;
  actorName: string;
  value: number | null;
  passed: boolean;
  note: string | null;
  record: string | null;
  sha256: string | null;
  takenAt: Date | null;
  longitude: number | null;
  latitude: number | null;
  device: string | null;
  former: string;
  digest: string;
}

export const readingColumns = sql.raw(`
  r.point, r.at, r.actor, r.actor_name as "actorName", r.value, r.passed, r.note, r.record, r.sha256, r.taken_at as "takenAt",
  r.longitude, r.latitude, r.device, r.former, r.digest`);
