import { randomUUID } from 'node:crypto';
import { eventually } from '../devices/index.ts';
import type { HousingFlow } from './housing-flow.ts';
import type { Person } from './person.ts';
import { dayFromNow } from './tenancy.ts';

interface Made {
  id: string;
}
interface OwnSwap {
  id: string;
  mayWithdraw: boolean;
}
interface Approved {
  sides: { newLease: string; house: string }[];
}
interface LeaseFile {
  digest: string;
  parties: { role: string; party: string }[];
}
type Caller = Pick<Person, 'id' | 'ask'>;

/** Changes of houses of examples: whoever carries them out asks, and changes with a colleague where it takes two. */
export interface SwapFlow {
  /** He lives somewhere and is in no change of houses. */
  ready(): Promise<void>;
  asked(): Promise<string>;
  /** Asked of the colleague, who has not answered; a new one each time. */
  proposed(): Promise<{ id: string; partner: Caller }>;
  /** A house to approve it with, and the day. */
  approval(): Promise<{ house: string; changeOn: string }>;
  /** All have signed; the house that is left. */
  scheduled(): Promise<{ id: string; house: string }>;
}

export function inhabitedSwaps(
  admin: Person,
  housing: HousingFlow,
  place: () => Promise<string>,
  colleague: () => Promise<Caller>,
): SwapFlow {
  const make = async (path: string, body: unknown): Promise<string> => (await admin.send<Made>('POST', path, body)).id;
  let partnerHome: Promise<string> | undefined;

  /** The household of the colleague. */
  async function partner(): Promise<string> {
    const [{ id: account }, placeId] = [await colleague(), await place()];
    const household = await make('/parties', { kind: 'household', name: '邻居家', placeId });
    const person = await make('/parties', { kind: 'person', name: '邻居', placeId, account });
    const from = dayFromNow(0);
    await admin.send('POST', `/parties/${household}/members`, { person, relation: 'applicant', from });
    return household;
  }
  async function ready(): Promise<void> {
    await housing.ownLived();
    for (const { id, mayWithdraw } of await admin.get<OwnSwap[]>('/own-swaps'))
      if (mayWithdraw) await admin.send('POST', `/own-swaps/${id}/withdrawal`, { reason: '示例' });
    // Those whose contracts are all signed are for the office to call off.
    for (const { id } of await admin.get<Made[]>('/swaps', { state: 'scheduled' }))
      await admin.send('POST', `/swaps/${id}/cancellation`, { reason: '示例' });
  }
  const ask = (more: object = {}) => make('/own-swaps', { reason: '示例', wish: {}, ...more });
  async function asked(): Promise<string> {
    await ready();
    return ask();
  }
  const approval = async () => ({ house: await housing.house(), changeOn: dayFromNow(3) });

  return {
    ready,
    asked,
    approval,
    proposed: async () => {
      await ready();
      partnerHome ??= partner();
      const { lease } = await housing.lived(await partnerHome);
      const { code } = await admin.get<{ code: string }>(`/leases/${lease}`);
      return { id: await ask({ partnerLease: code }), partner: await colleague() };
    },
    scheduled: async () => {
      const id = await asked();
      const { sides } = await admin.send<Approved>('POST', `/swaps/${id}/approval`, await approval());
      const lease = sides[0]?.newLease ?? '';
      const { digest, parties } = await admin.get<LeaseFile>(`/leases/${lease}`);
      for (const role of ['tenant', 'lessor'])
        await admin.send('POST', `/leases/${lease}/signatures`, {
          ...{ role, party: parties.find((each) => each.role === role)?.party, digest },
          ...{ identityCheck: 'counter', consent: '同意' },
        });
      await eventually(
        () => admin.get<{ swap: { state: string } }>(`/swaps/${id}`),
        ({ swap }) => swap.state === 'scheduled',
        20,
      );
      return { id, house: sides[0]?.house ?? '' };
    },
  };
}

/** Changes of houses nobody makes. */
export function noSwaps(): SwapFlow {
  const id = async () => randomUUID() as string;
  const ask = async () => {
    throw new Error('nobody lives nowhere');
  };
  return {
    ready: async () => {},
    asked: id,
    proposed: async () => ({ id: randomUUID(), partner: { id: randomUUID(), ask } }),
    approval: async () => ({ house: randomUUID(), changeOn: dayFromNow(3) }),
    scheduled: async () => ({ id: randomUUID(), house: randomUUID() }),
  };
}
