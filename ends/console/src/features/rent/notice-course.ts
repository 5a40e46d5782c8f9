import type { Notice } from './queries.ts';

/** Why a text did not go: it was paid, reminders were held back, or the day it speaks of has passed. */
const notSent = ['paid', 'paused', 'passed'] as const;
type NotSent = (typeof notSent)[number];

/** A thing that happened to a reminder; `what` names it, `way` by which way, `detail` in its own words. */
export interface CourseStep {
  what: 'made' | 'sent' | 'not-sent' | 'delivered' | 'read' | 'failed' | 'by-hand' | 'waiting' | NotSent;
  at?: string;
  way?: string;
  detail?: string;
}

/** The course of a reminder from its making to what can be shown of its arrival, in the order in which it happened. */
export function courseOf({ at, state, proof, endedAt }: Notice): CourseStep[] {
  const ended = endedAt ?? undefined;
  const steps: CourseStep[] = [
    ...proof.ways.map(
      ({ way, ok, sentTo, error, at: when }): CourseStep => ({
        ...{ what: ok ? 'sent' : 'not-sent', way },
        ...(when ? { at: when } : {}),
        ...(ok ? (sentTo ? { detail: sentTo } : {}) : error ? { detail: error } : {}),
      }),
    ),
    ...proof.receipts.map(({ way, fate, code, at: when }): CourseStep => ({ what: fate, way, at: when, detail: code })),
  ];
  if (proof.by) {
    const detail = [proof.by, proof.how].filter(Boolean).join(' · ');
    steps.push({ what: state === 'failed' ? 'failed' : 'by-hand', detail, ...(ended ? { at: ended } : {}) });
  }
  const why = notSent.find((each) => each === proof.why);
  if (why) steps.push({ what: why, ...(ended ? { at: ended } : {}) });
  else if (proof.error) steps.push({ what: 'not-sent', detail: proof.error, ...(ended ? { at: ended } : {}) });
  if (steps.length === 0 && state === 'queued') steps.push({ what: 'waiting' });
  return [{ what: 'made', at }, ...steps.sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))];
}
