import type { Installation } from '@keystead/kernel/testing';
import { inhabitedHousing } from '../../security/index.ts';
import { dayFromNow, officeOf } from './office.ts';

/** A project with two houses to give out, a household that will apply and one that waits since before the platform. */
export async function settleNewcomer({ url, call }: Pick<Installation, 'url' | 'call'>) {
  const office = await officeOf({ url, call });
  const { make, account } = office;
  const get = <Body>(path: string) => call<Body>('GET', path);
  const project = await make('/places', { parent: null, kind: 'project', code: 'YUNLONG', name: '云龙安居苑' });
  const building = await make('/places', { parent: project, kind: 'building', code: 'B3', name: '3栋' });
  const never = async (): Promise<string> => {
    throw new Error('not of this journey');
  };
  let houses = 0;
  const word = () => `${++houses}01`;
  const { house } = inhabitedHousing({ get, send: call }, { place: never, word, ownHousehold: never });
  const homes = [await house(building, '3栋101室'), await house(building, '3栋201室')];
  const lessor = await make('/parties', { kind: 'organisation', name: '云龙安居公司', placeId: project });
  const name = '李梅';
  const draft = { username: 'li.mei', name, phone: '13800006655', kind: 'tenant' };
  const password = 'counter-slip-for-once-71';
  const user = await account({ ...draft, password }, 'tenant', 'own');
  const household = await make('/parties', { kind: 'household', name: '李梅家', placeId: project });
  const person = await make('/parties', { kind: 'person', name, placeId: project, account: user });
  await call('POST', `/parties/${household}/members`, { person, relation: 'applicant', from: dayFromNow(-30) });
  await make('/parties', { kind: 'household', name: '赵强家', placeId: project });
  await office.hireMender();
  const { channel, pay } = await office.openAlipay();
  const sign = async (lease: string): Promise<void> => {
    const { digest } = await get<{ digest: string }>(`/leases/${lease}`);
    const by = { role: 'lessor', party: lessor, digest, identityCheck: 'counter', consent: '同意' };
    await call('POST', `/leases/${lease}/signatures`, by);
  };
  return {
    ...{
      username: draft.username,
      password,
      name,
      household,
      building,
      homes,
      lessor,
      project,
      channel,
      pay,
      mend: office.mend,
    },
    code: () => office.codeOf(name),
    /** The side that lets signs. */
    sign,

    /** A plan with both houses that is open for so many milliseconds; answers its id. */
    announce: async (ms: number): Promise<string> => {
      const intentUntil = new Date(Date.now() + ms).toISOString();
      const draft = { name: '2026年秋季配租', placeId: project, ranking: 'lottery', slotMinutes: 30, houses: homes };
      const plan = await make('/allocation/plans', { ...draft, intentUntil });
      await call('POST', `/allocation/plans/${plan}/announcement`);
      return plan;
    },
    /** Its list is closed and lots are drawn; whoever is first may choose at once. */
    draw: async (plan: string): Promise<void> => {
      await call('POST', `/allocation/plans/${plan}/commitment`);
      const choosingFrom = new Date(Date.now() - 1_000).toISOString();
      await call('POST', `/allocation/plans/${plan}/draw`, { witness: '1 2 3', choosingFrom });
    },
    /** Sends the contract of the only way in out for signing; answers the lease. */
    contract: async (): Promise<string> => {
      await call('PUT', '/move-ins/lessor', { party: lessor });
      const [way] = await get<{ id: string }[]>('/move-ins');
      return (await call<{ lease: string }>('POST', `/move-ins/${way?.id}/contract`, {})).lease;
    },
    /** The lease ends in so many days, and the next one goes out for signing; answers it. */
    renew: async (lease: string): Promise<string> => {
      const next = await make(`/leases/${lease}/next`, { kind: 'renewal', endsOn: dayFromNow(700) });
      await call('POST', `/leases/${next}/steps`, { step: 'submit', reason: '' });
      return next;
    },
    /** The only exit as far as its last account. */
    settleExit: async (): Promise<void> => {
      const [exit] = await get<{ id: string }[]>('/exits');
      await call('POST', `/exits/${exit?.id}/acceptance`);
      const found = { lastDay: dayFromNow(0), usages: [], damages: [{ text: '纱窗破损', amount: 8_000 }], photos: [] };
      await call('POST', `/exits/${exit?.id}/inspection`, found);
      await call('POST', `/exits/${exit?.id}/settlement`, { channel: 'bank' });
    },
  };
}

export type Newcomer = Awaited<ReturnType<typeof settleNewcomer>>;
