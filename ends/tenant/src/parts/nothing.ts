import { ProblemError } from '@keystead/sdk';

const notHere = [404, 409];

/** Null where the platform says that there is none of it for me; anything else is thrown. */
export async function orNothing<Found>(ask: () => Promise<Found>): Promise<Found | null> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof ProblemError && notHere.includes(cause.status)) return null;
    throw cause;
  }
}
