import { LockMemory } from '@keystead/contracts/lock';

/** A lock without a wire; answers what it does not know as a lock does. */
export class SoftwareLock extends LockMemory {
  override call(method: string, input: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return super.call(method, input) ?? { error: 'method-unknown' };
  }
}
