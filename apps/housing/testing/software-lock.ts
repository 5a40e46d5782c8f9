import { decideOpening, type KeyShownOutside, type LockGrant, type LockRecord } from '@keystead/contracts/lock';

/** A lock without a wire: holds grants, decides by itself, writes its log (contracts/lock). */
export class SoftwareLock {
  readonly #grants = new Map<string, LockGrant>();
  readonly #used = new Map<string, number>();
  readonly log: LockRecord[] = [];
  frozen = false;

  /** What a driver carries to it; answers as a lock does. */
  call(method: string, input: Record<string, unknown>): unknown {
    if (method === 'writeGrant') {
      const grant = input as unknown as LockGrant;
      this.#grants.set(grant.id, grant);
      this.#used.delete(grant.id);
      return { id: grant.id };
    }
    if (method === 'revokeGrant') {
      this.#grants.delete(String(input.id));
      return { id: input.id };
    }
    if (method === 'readGrants')
      return { grants: this.grants.map(({ credential: _kept, ...grant }) => grant), frozen: this.frozen };
    return { error: 'method-unknown' };
  }

  get grants(): LockGrant[] {
    return [...this.#grants.values()];
  }

  show({ means, credential, time }: KeyShownOutside): boolean {
    const held = { grants: this.#grants.values(), used: this.#used, frozen: this.frozen, offset: 480 };
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
}
