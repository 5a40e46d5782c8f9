import type { Clock } from '@keystead/kernel/base';
import type { Admission, Misbehaviour } from './ports.ts';

const quietMs = 10_000;
const mostRemembered = 10_000;

/**
 * Reports security findings at once, but the same one (kind, thing, address) at most every ten seconds: a device that
 * misbehaves a thousand times a second is one alarm. The number of times stands in the refusals.
 */
export class Misbehaviours {
  readonly #admission: Admission;
  readonly #clock: Clock;
  readonly #last = new Map<string, number>();

  constructor(admission: Admission, clock: Clock) {
    this.#admission = admission;
    this.#clock = clock;
  }

  report(finding: Misbehaviour): void {
    const key = `${finding.kind}|${finding.thing ?? ''}|${finding.peer}`;
    const now = this.#clock.now().getTime();
    const last = this.#last.get(key);
    if (last !== undefined && now - last < quietMs) return;
    if (this.#last.size >= mostRemembered) this.#last.clear();
    this.#last.set(key, now);
    this.#admission.misbehaved(finding);
  }
}
