import { eventually } from '../devices/index.ts';
import type { Person } from './person.ts';
import { dayFromNow } from './tenancy.ts';

export interface KeyMade {
  house: string;
  household: string;
  person: string;
  key: string;
}

/** Keys of examples: each call gives those of a new household with a lease; `own` those of whoever carries examples out. */
export interface DoorKeys {
  /** A guest's key, working or not. */
  guest(): Promise<KeyMade>;
  /** One at rest. */
  frozen(): Promise<KeyMade>;
  /** A household whose front door was closed. */
  closed(): Promise<KeyMade>;
  own(): Promise<KeyMade>;
  /** He has a key that lasts. */
  ownLasting(): Promise<void>;
  /** A guest of his own, not come yet. */
  ownGuest(): Promise<string>;
}

interface Made {
  id: string;
}

export const noDoorKeys = (id: () => Promise<string>): DoorKeys => {
  const made = async (): Promise<KeyMade> => ({
    house: await id(),
    household: await id(),
    person: await id(),
    key: await id(),
  });
  return { guest: made, frozen: made, closed: made, own: made, ownLasting: async () => {}, ownGuest: id };
};

export function inhabitedDoorKeys(
  admin: Person,
  parts: {
    place(): Promise<string>;
    household(): Promise<{ household: string; person: string }>;
    ownHousehold(): Promise<string>;
  },
): DoorKeys {
  async function lease(household: string): Promise<string> {
    const house = await parts.place();
    const lessor = (
      await admin.send<Made>('POST', '/parties', { kind: 'organisation', name: '安居公司', placeId: house })
    ).id;
    const { id } = await admin.send<Made>('POST', '/leases', {
      ...{ house, tenant: { party: household, name: '承租人' }, lessor: { party: lessor, name: '安居公司' } },
      ...{ startsOn: dayFromNow(0), endsOn: dayFromNow(300), title: '租赁合同', terms: {}, fees: [] },
    });
    await admin.send('POST', `/leases/${id}/steps`, { step: 'submit', reason: '' });
    for (const [role, party] of [
      ['tenant', household],
      ['lessor', lessor],
    ]) {
      const { digest } = await admin.get<{ digest: string }>(`/leases/${id}`);
      await admin.send('POST', `/leases/${id}/signatures`, {
        role,
        party,
        digest,
        identityCheck: 'counter',
        consent: '同意',
      });
    }
    return house;
  }
  async function keyFor(household: string, holder: string): Promise<KeyMade> {
    const house = await lease(household);
    const validUntil = new Date(Date.now() + 86_400_000).toISOString();
    const wish = { house, holder, kind: 'pin', pattern: 'period', label: '访客', validUntil };
    const { key } = await admin.send<{ key: string }>('POST', '/door-keys', wish);
    return { house, household, person: holder, key };
  }
  const guest = async (): Promise<KeyMade> => {
    const { household, person } = await parts.household();
    return keyFor(household, person);
  };
  const own = async (): Promise<KeyMade> => {
    const household = await parts.ownHousehold();
    return keyFor(household, household);
  };
  async function ownLasting(): Promise<void> {
    await parts.ownHousehold();
    const lasts = (keys: { pattern: string }[]): boolean => keys.some(({ pattern }) => pattern === 'lasting');
    const mine = () => admin.get<{ pattern: string }[]>('/own-door-keys');
    if (!lasts(await mine())) {
      await own();
      await eventually(mine, lasts, 60);
    }
  }
  return {
    guest,
    frozen: async () => {
      const made = await guest();
      await admin.send('POST', `/door-keys/${made.key}/freeze`, { reason: '丢失' });
      return made;
    },
    closed: async () => {
      const made = await guest();
      const paper = { house: made.house, ground: 'handed-over', document: '交房单' };
      await admin.send('PUT', `/door-keys/ladder/${made.household}/door`, paper);
      return made;
    },
    own,
    ownLasting,
    ownGuest: async () => {
      await ownLasting();
      const wish = { label: '表哥', until: new Date(Date.now() + 3_600_000).toISOString() };
      return (await admin.send<{ key: string }>('POST', '/own-door-keys/guests', wish)).key;
    },
  };
}
