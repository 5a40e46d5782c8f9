import type { TransferLevel } from '@keystead/contracts/labels';
import { type Condition, type Handling, type Severity, stepsFrom } from './alarm.ts';
import type { IncidentFigures } from './incident.ts';
import type { AlarmView } from './schemas.ts';

/** An alarm as its table holds it. */
export interface AlarmRow {
  id: string;
  organisation: string;
  place: string;
  rule: string;
  subject_kind: string;
  subject_id: string;
  subject_code: string;
  subject_name: string;
  title_zh: string;
  title_en: string;
  severity: Severity;
  worst_severity: Severity;
  transfer_level: TransferLevel;
  condition: Condition;
  handling: Handling;
  suppressed_by: string | null;
  escalated: boolean;
  false_positive: boolean;
  occurrences: number;
  first_event_time: Date;
  last_event_time: Date;
  readings: Record<string, unknown>;
  raised_at: Date;
  acknowledged_at: Date | null;
  handling_at: Date | null;
  cleared_at: Date | null;
  resolved_at: Date | null;
  reviewed_at: Date | null;
  closed_at: Date | null;
  handler: string | null;
  handler_name: string | null;
  symptom: string;
  incident: string | null;
  /** Stands under the lead of its incident. */
  member: boolean;
  version: number;
}

const iso = (time: Date | null): string | null => time?.toISOString() ?? null;

/** What an alarm's incident is to it: nothing when it stands for itself. */
function groupView(row: AlarmRow, incident: IncidentFigures | undefined): Pick<AlarmView, 'group' | 'members'> {
  if (!incident) return {};
  const { id, lead, kind, active, members } = incident;
  const role = lead === row.id ? 'lead' : row.member ? 'member' : 'beside';
  const worst = incident.worst ?? row.severity;
  return { group: { id, lead, kind, role, active, worst }, ...(role === 'lead' ? { members } : {}) };
}

export function alarmView(row: AlarmRow, incident?: IncidentFigures): AlarmView {
  return {
    id: row.id,
    place: row.place,
    rule: row.rule,
    subject: { kind: row.subject_kind, id: row.subject_id, code: row.subject_code, name: row.subject_name },
    title: { zh: row.title_zh, en: row.title_en },
    severity: row.severity,
    worstSeverity: row.worst_severity,
    transferLevel: row.transfer_level,
    condition: row.condition,
    handling: row.handling,
    suppressed: row.suppressed_by !== null,
    escalated: row.escalated,
    falsePositive: row.false_positive,
    occurrences: row.occurrences,
    readings: row.readings,
    firstEventTime: row.first_event_time.toISOString(),
    lastEventTime: row.last_event_time.toISOString(),
    raisedAt: row.raised_at.toISOString(),
    acknowledgedAt: iso(row.acknowledged_at),
    handlingAt: iso(row.handling_at),
    clearedAt: iso(row.cleared_at),
    resolvedAt: iso(row.resolved_at),
    reviewedAt: iso(row.reviewed_at),
    closedAt: iso(row.closed_at),
    handler: row.handler && row.handler_name ? { id: row.handler, name: row.handler_name } : null,
    ...groupView(row, incident),
    steps: stepsFrom(row),
    version: row.version,
  };
}
