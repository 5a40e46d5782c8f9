import { randomUUID } from 'node:crypto';
import { eventually } from '../devices/index.ts';
import type { Person } from './person.ts';

interface Made {
  id: string;
}

const dossier = {
  location: { address: '和平路 1 号', postcode: '221000' },
  building: { structure: '砖混', builtYear: 2020 },
  ownership: { owner: '住房保障中心', kind: 'government', certificateNumber: '苏(2021)第1号' },
  lease: { rentStandard: 1000, deposit: 100_000 },
  management: { operator: '安居公司', propertyCompany: '安居物业', contactPhone: '0516-83700000' },
};
const nothing = { readings: {}, furniture: [], photos: [] };
const longestOpenMs = 10_000;
const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();

export interface HousingGround {
  place(): Promise<string>;
  word(): string;
  /** The household of whoever carries the example out. */
  ownHousehold(): Promise<string>;
}

/** Houses given out, moved into and left: each call makes new ones. */
export function inhabitedHousing(admin: Pick<Person, 'get' | 'send'>, world: HousingGround) {
  const make = async (path: string, body: unknown): Promise<string> => (await admin.send<Made>('POST', path, body)).id;
  const party = async (kind: string) => make('/parties', { kind, name: world.word(), placeId: await world.place() });

  async function house(parent?: string, name = '一套房'): Promise<string> {
    const attributes = { floorArea: 60, usableArea: 42, layout: '一室一厅' };
    const wish = {
      parent: parent ?? (await world.place()),
      code: world.word(),
      name,
      attributes,
      dossier,
      state: 'vacant',
    };
    const id = await make('/houses', wish);
    await admin.send('POST', `/houses/${id}/steps`, { step: 'release' });
    return id;
  }
  async function lessor(): Promise<string> {
    const id = await party('organisation');
    await admin.send('PUT', '/move-ins/lessor', { party: id });
    return id;
  }
  const begun = async (household?: string): Promise<string> =>
    make('/move-ins', { household: household ?? (await party('household')), house: await house() });
  async function contract(household?: string) {
    const by = await lessor();
    const process = await begun(household);
    const made = await admin.send<{ lease: string; household: string }>('POST', `/move-ins/${process}/contract`, {});
    return { process, lessor: by, lease: made.lease, household: made.household };
  }
  async function signed(household?: string) {
    const made = await contract(household);
    const { digest } = await admin.get<{ digest: string }>(`/leases/${made.lease}`);
    for (const [role, by] of [
      ['tenant', made.household],
      ['lessor', made.lessor],
    ])
      await admin.send('POST', `/leases/${made.lease}/signatures`, {
        ...{ role, party: by, digest, identityCheck: 'counter', consent: '同意' },
      });
    return made;
  }
  async function lived(household?: string) {
    const made = await signed(household);
    await admin.send('POST', `/move-ins/${made.process}/check-in`, nothing);
    return made;
  }
  const entry = async (household?: string): Promise<string> =>
    make('/allocation/waiting', { household: household ?? (await party('household')), reason: '示例' });
  async function plan(until = 3_600_000) {
    const placeId = await world.place();
    const home = await house(placeId);
    const intentUntil = soon(until);
    const id = await make('/allocation/plans', {
      ...{ name: world.word(), placeId, ranking: 'lottery', intentUntil },
      ...{ slotMinutes: 1, houses: [home] },
    });
    return { id, home, intentUntil };
  }
  async function open(until?: number) {
    const made = await plan(until);
    await admin.send('POST', `/allocation/plans/${made.id}/announcement`);
    return made;
  }
  /** Its end is waited for, so the list is open for a moment only; where that was too short the next one is longer. */
  async function closedList(entrant?: string, openMs = 250): Promise<{ id: string; home: string; entry: string }> {
    const who = entrant ?? (await entry());
    const begun = Date.now();
    try {
      const { id, home, intentUntil } = await open(openMs);
      await admin.send('PUT', `/allocation/plans/${id}/entries/${who}`);
      await new Promise((passed) => setTimeout(passed, Date.parse(intentUntil) - Date.now() + 50));
      return { id, home, entry: who };
    } catch (cause) {
      if (Date.now() - begun < openMs || openMs > longestOpenMs) throw cause;
      return closedList(who, openMs * 4);
    }
  }
  async function committed(entrant?: string) {
    const made = await closedList(entrant);
    await admin.send('POST', `/allocation/plans/${made.id}/commitment`);
    return made;
  }
  async function drawn(entrant?: string, choosingFrom = -1000) {
    const made = await committed(entrant);
    await admin.send('POST', `/allocation/plans/${made.id}/draw`, { choosingFrom: soon(choosingFrom) });
    return made;
  }
  const exit = async (): Promise<string> =>
    make('/exits', { lease: (await lived()).lease, kind: 'voluntary', reason: '示例' });
  async function accepted(): Promise<string> {
    const id = await exit();
    await admin.send('POST', `/exits/${id}/acceptance`);
    return id;
  }
  const found = {
    lastDay: new Date(Date.now() + 28_800_000).toISOString().slice(0, 10),
    usages: [],
    damages: [],
    photos: [],
  };
  async function inspected(): Promise<string> {
    const id = await accepted();
    await admin.send('POST', `/exits/${id}/inspection`, found);
    return id;
  }
  async function settled(): Promise<string> {
    const id = await inspected();
    await admin.send('POST', `/exits/${id}/settlement`, { channel: 'bank' });
    return id;
  }
  /** His own household on its way, at most once at a time. */
  const ownLived = async () => lived(await world.ownHousehold());
  async function ownContract() {
    const made = await contract(await world.ownHousehold());
    const { digest } = await admin.get<{ digest: string }>(`/leases/${made.lease}`);
    return { ...made, digest };
  }
  async function ownExit(): Promise<string> {
    await ownLived();
    return make('/own-exit', { reason: '示例' });
  }
  async function ownSettled(): Promise<string> {
    const id = await ownExit();
    await admin.send('POST', `/exits/${id}/acceptance`);
    await admin.send('POST', `/exits/${id}/inspection`, found);
    await admin.send('POST', `/exits/${id}/settlement`, { channel: 'bank' });
    return id;
  }
  const ownEntry = async (): Promise<string> => {
    const household = await world.ownHousehold();
    type Place = { id: string; household: string; state: string; endedBy: string | null };
    const places = async () =>
      (await admin.get<Place[]>('/allocation/waiting?limit=200')).filter((each) => each.household === household);
    // What a decision ended is given back a moment after the decision is lifted.
    const known = await eventually(places, (found) => found.every(({ endedBy }) => endedBy === null), 20);
    return known.find(({ state }) => state === 'waiting')?.id ?? entry(household);
  };
  return {
    ...{ own: world.ownHousehold, ownLived, ownEntry, ownContract, ownExit, ownSettled },
    ...{ party, house, begun, contract, signed, lived, entry, plan, open, closedList, committed, drawn },
    ...{ exit, accepted, inspected, settled, found, nothing, soon },
  };
}

export type HousingFlow = ReturnType<typeof inhabitedHousing>;

/** The same where nobody lives: ids of nothing. */
export function nowhereHousing(): HousingFlow {
  const id = async () => randomUUID() as string;
  const ground = { place: id, word: () => 'none', ownHousehold: id };
  const never = async () => {
    throw new Error('nobody lives nowhere');
  };
  const made = async () => ({
    process: randomUUID(),
    lessor: randomUUID(),
    lease: randomUUID(),
    household: randomUUID(),
  });
  const plan = async () => ({ id: randomUUID(), home: randomUUID(), intentUntil: soon(0) });
  const list = async () => ({ ...(await plan()), entry: randomUUID() });
  return {
    ...inhabitedHousing({ get: never, send: never }, ground),
    ...{
      own: id,
      ownLived: made,
      ownEntry: id,
      ownExit: id,
      ownSettled: id,
      party: id,
      house: id,
      begun: id,
      entry: id,
    },
    ownContract: async () => ({ ...(await made()), digest: '0'.repeat(64) }),
    ...{ contract: made, signed: made, lived: made, plan, open: plan, closedList: list, committed: list, drawn: list },
    ...{ exit: id, accepted: id, inspected: id, settled: id },
  };
}
