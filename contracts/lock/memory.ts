import { decideOpening, grantFaults, type KeyShownOutside, type LockGrant } from './grant.ts';
import type { LockRecord } from './record.ts';

/** Minutes east of Greenwich. */
const shanghai = 480;

/**
 * What a lock holds and how it answers the one interface of locks, without a wire: for simulators and tests, which carry
 * the calls by whatever they speak.
 */
export class LockMemory {
  readonly #grants = new Map<string, LockGrant>();
  readonly #used = new Map<string, number>();
  readonly log: LockRecord[] = [];
  frozen = false;

  /** Answers a call; undefined for what is no service of grants. */
  call(method: string, input: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
    if (method === 'writeGrant') return this.#write(input);
    if (method === 'revokeGrant') {
      this.#grants.delete(String(input.id));
      return { id: input.id };
    }
    if (method === 'readGrants')
      return { grants: this.grants.map(({ credential: _kept, ...grant }) => grant), frozen: this.frozen };
    if (method === 'freeze') {
      this.frozen = input.frozen === true;
      return { frozen: this.frozen };
    }
    return undefined;
  }

  /** A grant is written whole; what no lock may take is refused. */
  #write(input: unknown): Record<string, unknown> {
    if (grantFaults(input).length > 0) return { error: 'grant-invalid' };
    const grant = input as LockGrant;
    this.#grants.set(grant.id, grant);
    this.#used.delete(grant.id);
    return { id: grant.id };
  }

  get grants(): LockGrant[] {
    return [...this.#grants.values()];
  }

  /** A key is shown from outside; the lock decides by itself and writes its log. */
  show({ means, credential, time }: KeyShownOutside): boolean {
    const held = { grants: this.#grants.values(), used: this.#used, frozen: this.frozen, offset: shanghai };
    const decision = decideOpening(held, { means, credential, time });
    const line = { seq: this.log.length + 1, time, direction: 'in' as const, means };
    if (!decision.opens) {
      this.log.push({ ...line, event: 'refused', reason: decision.reason });
      return false;
    }
    const { id } = decision.grant;
    this.#used.set(id, (this.#used.get(id) ?? 0) + 1);
    this.log.push({ ...line, event: 'unlocked', grant: id });
    return true;
  }

  /** From inside nothing is decided. */
  leave(time: number): true {
    this.log.push({ seq: this.log.length + 1, time, event: 'unlocked', direction: 'out', means: 'handle' });
    return true;
  }

  /** Takes back what was kept over a loss of power. */
  restore(grants: readonly LockGrant[]): void {
    for (const grant of grants) this.#grants.set(grant.id, grant);
  }
}
