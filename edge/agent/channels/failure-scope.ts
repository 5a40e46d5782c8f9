import { AsyncLocalStorage } from 'node:async_hooks';

/** Somebody whose failures are its own: nobody else's work ends because of them. */
export interface Scoped {
  failed(cause: unknown): void;
}

const scope = new AsyncLocalStorage<Scoped>();

/** Runs code whose later failures, in timers, sockets and promises it started, are told to `owner`. */
export function runScoped<T>(owner: Scoped, run: () => T): T {
  return scope.run(owner, run);
}

/** Runs code of our own that was called from within somebody's scope. */
export function leaveScope<T>(run: () => T): T {
  return scope.exit(run);
}

/**
 * Tells an otherwise fatal failure to the one whose code it came from; false = it is nobody's, so it is ours and the
 * process must end. Called from the handlers of `uncaughtException` and `unhandledRejection`.
 */
export function tellOwner(cause: unknown): boolean {
  const owner = scope.getStore();
  if (owner === undefined) return false;
  scope.exit(() => owner.failed(cause));
  return true;
}
