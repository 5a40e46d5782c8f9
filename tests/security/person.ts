import { authenticator } from './totp.ts';
import { browser, type Visitor } from './visitor.ts';

export interface Person extends Visitor {
  id: string;
  username: string;
  password: string;
  /** A code not shown before; undefined without a second factor. */
  code?: () => string;
}

interface Account {
  username: string;
  password: string;
  code?: () => string;
}

interface Current {
  user: { id: string };
}

/** What a new password is set to when the first one must be changed. */
const ownPassword = 'larch-by-the-9-rivers';

/** Opens a session and does what it asks for, as a person at the sign-in page would. */
export async function signIn(url: string, account: Account): Promise<Person> {
  const page = browser(url);
  let { username, password, code } = account;
  let { status } = await page.send<{ status: string }>('POST', '/sessions', { username, password });
  for (let steps = 0; status !== 'active' && steps < 5; steps++) {
    if (status === 'second-factor') {
      ({ status } = await page.send<{ status: string }>('POST', '/sessions/current/second-factor', { code: code?.() }));
    } else if (status === 'change-password') {
      const body = { current: password, next: ownPassword };
      ({ status } = await page.send<{ status: string }>('POST', '/sessions/current/password', body));
      password = ownPassword;
    } else if (status === 'enrol') {
      code = await enrol(page);
      status = 'active';
    }
  }
  const { user } = await page.get<Current>('/sessions/current');
  return { ...page, id: user.id, username, password, ...(code ? { code } : {}) };
}

/** Sets up a second factor in the session at hand. */
export async function enrol(page: Visitor): Promise<() => string> {
  const { secret } = await page.send<{ secret: string }>('POST', '/sessions/current/enrolment');
  const code = authenticator(secret);
  await page.send('POST', '/sessions/current/enrolment/confirmation', { code: code() });
  return code;
}

let made = 0;

export interface NewPerson {
  /** Code of one of the organisation's roles, or id of one; without it the person has none. */
  role?: string;
  /** Ids of places the role reaches; without them the whole organisation. */
  places?: string[];
  kind?: 'staff' | 'tenant';
}

/** An account without a session: id, name and password. The organisation must have waived the second factor. */
export async function addAccount(admin: Visitor, { role, places, kind = 'staff' }: NewPerson = {}) {
  const username = `person.${process.pid}.${++made}`;
  const password = `cedar-${made}-under-the-moon`;
  const draft = { username, name: `Person ${made}`, email: `p${made}@example.org`, kind, password, mustChange: false };
  const { user } = await admin.send<{ user: { id: string } }>('POST', '/identity/users', draft);
  if (role !== undefined) {
    const { items } = await admin.get<{ items: { id: string; code: string }[] }>('/identity/roles');
    const found = items.find((each) => each.code === role || each.id === role);
    if (!found) throw new Error(`no role ${role}`);
    const reach = places ? { reach: 'places', places } : { reach: 'organisation' };
    await admin.send('POST', `/identity/users/${user.id}/roles`, { role: found.id, ...reach });
  }
  return { id: user.id, username, password };
}

/** A new person, signed in. */
export async function addPerson(url: string, admin: Visitor, wanted: NewPerson = {}): Promise<Person> {
  return signIn(url, await addAccount(admin, wanted));
}
