import { newId } from '@keystead/contracts/ids';
import type { TransferLevel } from '@keystead/contracts/labels';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type Change, find, type Severity } from './alarm.ts';
import type { Correlation } from './correlation.ts';
import type { AlarmRow } from './row.ts';
import { silenceFor } from './silence.ts';
import * as store from './store.ts';
import type { AlarmTelling } from './telling.ts';

/** Something found wrong: by a rule over signals, or by the platform itself. */
export interface Finding {
  organisation: string;
  place: string;
  /** Rule id, or the platform's own source such as `platform:offline`. */
  rule: string;
  /** What was found, when other rules find the same: any silence, for one. Else the rule says it. */
  symptom?: string | undefined;
  subject: { kind: string; id: string; code: string; name: string };
  title: { zh: string; en: string };
  severity: Severity;
  transferLevel: TransferLevel;
  eventTime: Date;
  readings: Record<string, unknown>;
  /**
   * Found by evaluating signals, which an edge agent and the centre may both do: what was found at the same time with the
   * same severity is the same, and counts once.
   */
  evaluated?: boolean;
}

export type Cleared = Pick<Finding, 'organisation' | 'rule' | 'eventTime' | 'readings'> & {
  subject: { kind: string; id: string };
};

export interface RaisingParts extends Pick<Kernel, 'clock'> {
  tell: AlarmTelling;
  correlation: Correlation;
}

export function createRaising({ clock, tell, correlation }: RaisingParts) {
  async function open(tx: Tx, finding: Finding): Promise<AlarmRow | undefined> {
    const silence = await silenceFor(tx, finding, clock.now());
    const row: AlarmRow = {
      id: newId(),
      organisation: finding.organisation,
      place: finding.place,
      rule: finding.rule,
      subject_kind: finding.subject.kind,
      subject_id: finding.subject.id,
      subject_code: finding.subject.code,
      subject_name: finding.subject.name,
      title_zh: finding.title.zh,
      title_en: finding.title.en,
      severity: finding.severity,
      worst_severity: finding.severity,
      transfer_level: finding.transferLevel,
      condition: 'active',
      handling: 'new',
      suppressed_by: silence ?? null,
      escalated: false,
      false_positive: false,
      occurrences: 1,
      first_event_time: finding.eventTime,
      last_event_time: finding.eventTime,
      readings: finding.readings,
      raised_at: clock.now(),
      acknowledged_at: null,
      handling_at: null,
      cleared_at: null,
      resolved_at: null,
      reviewed_at: null,
      closed_at: null,
      handler: null,
      handler_name: null,
      symptom: finding.symptom ?? finding.rule,
      incident: null,
      member: false,
      version: 1,
    };
    return (await store.insert(tx, row)) ? row : undefined;
  }

  /** Where an alarm stands among others after it changed. */
  async function place(tx: Tx, row: AlarmRow, change: Change): Promise<AlarmRow> {
    if (change === 'reactivated') return correlation.returned(tx, row);
    if (change === 'escalated' || change === 'deescalated') return correlation.regraded(tx, row);
    return row;
  }

  /**
   * Raises an alarm, or adds to the open one of the same rule and subject: there is never a second (concepts: Alarm).
   * Returns what it came to.
   */
  async function raise(tx: Tx, finding: Finding): Promise<{ id: string; change: Change }> {
    const occurrence = {
      severity: finding.severity,
      eventTime: finding.eventTime,
      at: clock.now(),
      readings: finding.readings,
    };
    const existing = await store.lockOpen(tx, finding);
    if (!existing) {
      const opened = await open(tx, finding);
      // Another process opened it between our look and our insert: add to that one.
      if (!opened) return raise(tx, finding);
      await store.addOccurrence(tx, opened, { kind: 'raised', ...occurrence });
      await tell(tx, await correlation.correlate(tx, opened), 'raised', finding.eventTime);
      return { id: opened.id, change: 'raised' };
    }
    if (finding.evaluated && finding.eventTime <= existing.last_event_time) {
      const told = await store.occurrenceAt(tx, existing, finding);
      if (told) return { id: existing.id, change: told.kind };
    }
    const { alarm, change } = find({ ...existing, worstSeverity: existing.worst_severity }, finding.severity);
    const after: AlarmRow = {
      ...existing,
      condition: alarm.condition,
      handling: alarm.handling,
      severity: alarm.severity,
      worst_severity: alarm.worstSeverity,
      occurrences: alarm.occurrences,
      last_event_time: finding.eventTime > existing.last_event_time ? finding.eventTime : existing.last_event_time,
      readings: finding.readings,
      cleared_at: null,
      escalated: existing.escalated || change === 'escalated',
    };
    await store.save(tx, after);
    await store.addOccurrence(tx, after, { kind: change, ...occurrence });
    const placed = await place(tx, after, change);
    // Of a member nobody knows yet: what is told of it first is that it is there.
    const released = after.member && !placed.member;
    await tell(tx, placed, released && change !== 'reactivated' ? 'released' : change, finding.eventTime);
    return { id: after.id, change };
  }

  /** The condition is gone; what people still have to do stays. Nothing happens when no alarm is active. */
  async function clear(tx: Tx, cleared: Cleared): Promise<string | undefined> {
    const existing = await store.lockOpen(tx, cleared);
    if (!existing || existing.condition === 'cleared') return undefined;
    const after: AlarmRow = {
      ...existing,
      condition: 'cleared',
      cleared_at: clock.now(),
      last_event_time: cleared.eventTime,
    };
    await store.save(tx, after);
    await store.addOccurrence(tx, after, {
      kind: 'cleared',
      severity: after.severity,
      eventTime: cleared.eventTime,
      at: clock.now(),
      readings: cleared.readings,
    });
    await correlation.cleared(tx, after);
    await tell(tx, after, 'cleared', cleared.eventTime);
    return after.id;
  }

  return { raise, clear, tell };
}

export type Raising = ReturnType<typeof createRaising>;
