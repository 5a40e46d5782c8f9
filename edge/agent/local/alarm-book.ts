import type { Severity } from '@keystead/contracts/rules';
import type { Found } from './watched-device.ts';

/** An alarm as the duty room sees it. */
export interface LocalAlarm {
  id: string;
  rule: string;
  name: { zh: string; en: string };
  device: string;
  severity: Severity;
  state: 'active' | 'cleared';
  /** ms since 1970. */
  raised: number;
  changed: number;
  occurrences: number;
  values: Record<string, unknown>;
  acknowledged?: number;
}

/** Cleared and acknowledged ones that are still shown. */
const mostPast = 200;
const mostActive = 5_000;

/** The open alarms of this place: an alarm stays until its condition has ended and somebody has seen it. */
export class AlarmBook {
  readonly #alarms = new Map<string, LocalAlarm>();
  #last = 0;
  /** Called after each change. */
  onChange: () => void = () => {};

  constructor(kept: readonly LocalAlarm[] = []) {
    for (const alarm of kept) this.#alarms.set(alarm.id, alarm);
    this.#last = kept.reduce((most, { id }) => Math.max(most, Number(id) || 0), 0);
  }

  /** The most severe first, the newest of them first; active before cleared. */
  list(): LocalAlarm[] {
    const rank = ({ state }: LocalAlarm) => (state === 'active' ? 0 : 1);
    return [...this.#alarms.values()].sort(
      (a, b) => rank(a) - rank(b) || a.severity - b.severity || b.raised - a.raised,
    );
  }

  take({ device, rule, finding }: Found): void {
    const { id: ruleId, name } = rule.definition;
    const open = [...this.#alarms.values()].find(
      (alarm) => alarm.rule === ruleId && alarm.device === device.name && alarm.state === 'active',
    );
    const at = Math.round(finding.time / 1000);
    if (finding.kind === 'raised' || open === undefined) {
      if (finding.kind === 'cleared') return;
      this.#forget();
      const id = String(++this.#last);
      const fresh = { raised: at, changed: at, occurrences: 1, values: { ...finding.values } };
      this.#alarms.set(id, {
        id,
        rule: ruleId,
        name,
        device: device.name,
        severity: finding.severity,
        state: 'active',
        ...fresh,
      });
    } else {
      open.changed = at;
      open.severity = finding.severity;
      if (finding.kind === 'cleared') open.state = 'cleared';
      else open.values = { ...finding.values };
      if (finding.kind === 'occurrence') open.occurrences++;
      // It got worse: seen once is not seen now.
      if (finding.kind === 'escalated') open.acknowledged = undefined;
      if (open.state === 'cleared' && open.acknowledged !== undefined) this.#alarms.delete(open.id);
    }
    this.onChange();
  }

  /** Somebody saw it; false = there is no such alarm. `time`: ms. */
  acknowledge(id: string, time: number): boolean {
    const alarm = this.#alarms.get(id);
    if (alarm === undefined) return false;
    alarm.acknowledged ??= time;
    if (alarm.state === 'cleared') this.#alarms.delete(id);
    this.onChange();
    return true;
  }

  #forget(): void {
    const all = [...this.#alarms.values()];
    const past = all.filter(({ state }) => state === 'cleared');
    if (past.length >= mostPast) this.#alarms.delete(past[0]?.id ?? '');
    else if (all.length >= mostActive) this.#alarms.delete(all[0]?.id ?? '');
  }
}
