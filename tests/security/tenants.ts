import { randomUUID } from 'node:crypto';
import { eventually } from '../devices/index.ts';
import { addAccount, type Person, signIn } from './person.ts';
import { dayFromNow } from './tenancy.ts';

interface Made {
  id: string;
}
type Caller = Pick<Person, 'id' | 'ask'>;

/** A tenant with a sign-in of his own, who lives in a house; the same one for all examples. */
export interface Tenants {
  tenant(): Promise<Caller>;
  phone(): Promise<string>;
  /** Another tenant's account, whose phone was sent no code yet: a minute lies between two codes. */
  reachable(): Promise<{ id: string; phone: string }>;
  /** The lease he lives under. */
  lease(): Promise<string>;
  /** Another one that waits for his signature, with the digest of its wording. */
  toSign(): Promise<{ lease: string; digest: string }>;
  /** The code of the last text message he was sent after this was done. */
  codeAfter(send: () => Promise<unknown>): Promise<string>;
  /** A bill of his that is owed. */
  bill(): Promise<string>;
  /** A repair of his; mended when wanted. */
  repair(mended?: boolean): Promise<string>;
  /** A complaint of his; answered when wanted. */
  complaint(answered?: boolean): Promise<string>;
}

const complained = { category: 'service', title: '维修迟到', description: '约好上午未到' };
const told = { category: 'other', title: '门锁坏了', description: '', photos: [], channel: 'app' };

export function inhabitedTenants(
  url: string,
  admin: Person,
  place: () => Promise<string>,
  word: () => string,
  /** Bills a month. */
  bill: (period: string) => Promise<string>,
): Tenants {
  const numberOf = (prefix: string) =>
    `${prefix}${String(process.pid % 10_000).padStart(4, '0')}${String(Date.now() % 10_000).padStart(4, '0')}`;
  const phone = numberOf('137');
  const make = async (path: string, body: unknown): Promise<string> => (await admin.send<Made>('POST', path, body)).id;
  const lessor = { party: randomUUID(), name: '安居公司' };
  let living: Promise<{ person: Person; household: string; lease: string }> | undefined;

  async function lease(household: string, signed: boolean): Promise<string> {
    const id = await make('/leases', {
      ...{ house: await place(), tenant: { party: household, name: '承租人' }, lessor, title: word(), terms: {} },
      ...{ startsOn: dayFromNow(0), endsOn: dayFromNow(700) },
      fees: [{ subject: 'rent', basis: { kind: 'fixed', amount: 60_000 } }],
    });
    await admin.send('POST', `/leases/${id}/steps`, { step: 'submit', reason: '' });
    const { digest } = await admin.get<{ digest: string }>(`/leases/${id}`);
    const sides = signed
      ? ([
          ['tenant', household],
          ['lessor', lessor.party],
        ] as const)
      : [];
    for (const [role, party] of sides)
      await admin.send('POST', `/leases/${id}/signatures`, {
        ...{ role, party, digest, identityCheck: 'counter', consent: '同意' },
      });
    return id;
  }

  async function accountWith(number: string) {
    const account = await addAccount(admin, { role: 'tenant', kind: 'tenant' });
    const edit = { body: { phone: number }, headers: { 'if-match': '"1"' } };
    await admin.ask('PATCH', `/identity/users/${account.id}`, edit);
    return account;
  }

  async function settle() {
    const account = await accountWith(phone);
    const placeId = await place();
    const household = await make('/parties', { kind: 'household', name: `家庭 ${word()}`, placeId });
    const person = await make('/parties', { kind: 'person', name: word(), placeId, account: account.id });
    await admin.send('POST', `/parties/${household}/members`, { person, relation: 'applicant', from: dayFromNow(-1) });
    return { person: await signIn(url, account), household, lease: await lease(household, true) };
  }
  const home = () => {
    living ??= settle();
    return living;
  };
  const texts = async () =>
    (await admin.get<{ items: { id: string; text: string; sentTo: string }[] }>('/notify-deliveries/sms-outbox')).items;

  /** Something the tenant told of, as far as done when asked for. */
  async function ofTenant(path: string, wish: object, mended: boolean): Promise<string> {
    const { person } = await home();
    const { id } = await person.send<Made>('POST', path, wish);
    if (!mended) return id;
    const query = {
      name: 'a.txt',
      mediaType: 'text/plain',
      storeLevel: '1',
      retentionYears: '1',
      subject: `case:${id}`,
    };
    const { body } = await admin.ask('POST', '/records', { query, bytes: Buffer.from(word()) });
    await admin.send('POST', `/cases/${id}/evidence`, { record: (body as Made).id, kind: 'photo' });
    const { state } = await admin.get<{ state: string }>(`/cases/${id}`);
    if (state === 'new') await admin.send('POST', `/cases/${id}/triage`, {});
    for (const [step, words] of [
      ['assignment', { assignee: admin.id }],
      ['acceptance', {}],
      ['start', {}],
      ['completion', { note: '修好了' }],
    ] as const)
      await admin.send('POST', `/cases/${id}/${step}`, words);
    return id;
  }

  return {
    tenant: async () => (await home()).person,
    phone: async () => {
      await home();
      return phone;
    },
    reachable: async () => {
      const number = numberOf('138');
      return { id: (await accountWith(number)).id, phone: number };
    },
    lease: async () => (await home()).lease,
    toSign: async () => {
      const id = await lease((await home()).household, false);
      return { lease: id, digest: (await admin.get<{ digest: string }>(`/leases/${id}`)).digest };
    },
    codeAfter: async (send) => {
      const before = new Set((await texts()).map(({ id }) => id));
      await send();
      const fresh = async () => (await texts()).find(({ id }) => !before.has(id));
      const kept = await eventually(fresh, (found) => found !== undefined, 20);
      return /\d{6}/.exec(kept?.text ?? '')?.[0] ?? '';
    },
    bill: async () => {
      const { person } = await home();
      const owed = () => person.get<{ id: string }[]>('/own-bills', { state: 'open' });
      if ((await owed()).length === 0) await bill(dayFromNow(0).slice(0, 7));
      return (await eventually(owed, (bills) => bills.length > 0, 60))[0]?.id ?? '';
    },
    repair: (mended = false) => ofTenant('/own-repairs', told, mended),
    complaint: (answered = false) => ofTenant('/own-complaints', complained, answered),
  };
}

/** Tenants nobody has. */
export function noTenants(): Tenants {
  const id = async () => randomUUID();
  return {
    tenant: async () => ({
      id: randomUUID(),
      ask: async () => {
        throw new Error('nobody lives nowhere');
      },
    }),
    phone: async () => '19900000000',
    reachable: async () => ({ id: randomUUID(), phone: '19900000001' }),
    lease: id,
    toSign: async () => ({ lease: randomUUID(), digest: '0'.repeat(64) }),
    codeAfter: async () => '000000',
    bill: id,
    repair: id,
    complaint: id,
  };
}
