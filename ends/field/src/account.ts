import { isAway, isProblem, sdk } from './sdk.ts';

export interface Account {
  readonly id: string;
  readonly name: string;
}

const stored = 'keystead.field.account';

/** Who worked on this phone last: he may go on without a network. */
export function keptAccount(): Account | undefined {
  const text = localStorage.getItem(stored);
  return text ? (JSON.parse(text) as Account) : undefined;
}

export const forgetAccount = (): void => localStorage.removeItem(stored);

/**
 * Who is signed in; without a network whoever was last. A session that asks for more than a name and password (a first
 * password, a second factor) says so by `status`.
 */
export async function whoIsThere(): Promise<{ account: Account | undefined; status: string }> {
  try {
    const { status, user } = await sdk.sessions.current();
    const account = { id: user.id, name: user.name };
    if (status !== 'active') return { account: undefined, status };
    localStorage.setItem(stored, JSON.stringify(account));
    return { account, status };
  } catch (cause) {
    if (isAway(cause)) return { account: keptAccount(), status: 'away' };
    if (isProblem(cause, 'not-signed-in')) return { account: undefined, status: 'signed-out' };
    throw cause;
  }
}
