import { isProblem } from '@keystead/sdk';

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Away, starting, or too busy: worth another try. Everything else is an answer. */
const isPassing = (cause: unknown): boolean =>
  isProblem(cause, 'unreachable') || (isProblem(cause) && (cause.status === 429 || cause.status >= 502));

/** Tries a call again while the platform cannot take it just now, for about half a minute; then rejects with the last reason. */
export async function patiently<T>(run: () => Promise<T>, tries = 12, first = 250): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (cause) {
      if (attempt >= tries || !isPassing(cause)) throw cause;
      await pause(Math.min(first * 2 ** (attempt - 1), 4_000));
    }
  }
}
