import type { LocalCall, LocalResponse } from '@keystead/contracts/agent';
import type { Clock, Log } from '@keystead/kernel/base';
import type { OwedCall, OwedCalls } from './owed-calls.ts';
import type { Found } from './watched-device.ts';

export interface ResponsePorts {
  call(call: LocalCall): Promise<unknown>;
  /** Told as an event of the agent; resolves when it is on disk. */
  tell(event: 'response-done' | 'response-failed', data: Record<string, unknown>): Promise<void>;
  /** Calls that were begun, kept over restarts. */
  readonly owed: OwedCalls;
  /** They are others now. */
  changed(): void;
}

export function matches({ when }: LocalResponse, { device, rule, finding }: Found): boolean {
  if (when.kind !== finding.kind) return false;
  if (when.rules && !when.rules.includes(rule.definition.id)) return false;
  if (when.families && !when.families.includes(device.family ?? '')) return false;
  if (when.devices && !when.devices.includes(device.name)) return false;
  return when.severity === undefined || finding.severity <= when.severity;
}

/**
 * Local scenes: what is called here when a rule finds something, sounder and light of the duty room included. Nobody is
 * asked, so it works with the line to the centre cut. Each one at most so often a minute, so that two cannot drive
 * each other without end.
 */
export class Responses {
  readonly #ports: ResponsePorts;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #times = new Map<string, number[]>();
  #list: readonly LocalResponse[] = [];

  constructor(ports: ResponsePorts, clock: Clock, log: Log) {
    this.#ports = ports;
    this.#clock = clock;
    this.#log = log;
  }

  apply(list: readonly LocalResponse[]): void {
    this.#list = list;
  }

  take(found: Found): void {
    for (const response of this.#list) {
      if (!matches(response, found)) continue;
      const about = { response: response.name, rule: found.rule.definition.id, device: found.device.name };
      if (!this.#mayRun(response)) {
        this.#log.warn(about, 'local scene held: too often');
        void this.#ports.tell('response-failed', { ...about, problem: 'too-many-requests' });
        continue;
      }
      const since = this.#clock.now().getTime();
      for (const call of response.calls) void this.#carryOut({ call, about, since });
    }
  }

  /** Carries out what a process that was killed had begun. */
  async resume(): Promise<void> {
    await Promise.all(this.#ports.owed.takeLeft(this.#clock.now().getTime()).map((owed) => this.#carryOut(owed)));
  }

  async #carryOut(owed: OwedCall): Promise<void> {
    const { call, about } = owed;
    const { device: target, method } = call;
    this.#ports.owed.begin(owed);
    try {
      await this.#ports.call(call);
      await this.#ports.tell('response-done', { ...about, target, method });
    } catch (cause) {
      const problem = (cause as { type?: string }).type ?? 'internal';
      this.#log.error({ err: cause, ...about, target, method }, 'local scene failed');
      await this.#ports.tell('response-failed', { ...about, target, method, problem });
    }
    this.#ports.owed.end(owed);
    this.#ports.changed();
  }

  #mayRun({ name, perMinute = 30 }: LocalResponse): boolean {
    const now = this.#clock.now().getTime();
    const recent = (this.#times.get(name) ?? []).filter((time) => now - time < 60_000 && time <= now);
    const free = recent.length < perMinute;
    if (free) recent.push(now);
    this.#times.set(name, recent);
    return free;
  }
}
