import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { PartiesService } from '@keystead/data/parties';
import type { PlacesService } from '@keystead/data/places';
import type { TestPlatform } from '@keystead/kernel/testing';

const asking = (platform: TestPlatform, as: Actor) => async (method: 'GET' | 'POST', url: string, payload?: object) => {
  const headers = { authorization: `Test ${as.id}` };
  const answer = await platform.http.app.inject({
    ...{ method, headers, url: `/api/v1${url}` },
    ...(payload && { payload }),
  });
  if (answer.statusCode >= 400) throw new Error(`${url}: ${answer.body}`);
  return answer.json();
};

/** One party signs the text as it stands. */
export async function signBy(platform: TestPlatform, clerk: Actor, id: string, role: 'tenant' | 'lessor') {
  const ask = asking(platform, clerk);
  const { digest, parties } = await ask('GET', `/leases/${id}`);
  const { party } = parties.find((each: { role: string }) => each.role === role);
  await ask('POST', `/leases/${id}/signatures`, { role, party, digest, identityCheck: 'counter', consent: '同意' });
}

/** Houses and leases of them, made and signed as people would. */
export async function createPlacedHouses(platform: TestPlatform) {
  const rights = ['lease:read', 'lease:write', 'lease:sign', 'place:write', 'party:read', 'party:write', 'record:read'];
  const money = ['payment:take', 'payment:read', 'payment:manage', 'fee:write', 'bill:read', 'bill:run', 'bill:write'];
  const clerk = platform.actor(...rights, ...money, 'notice:read', 'notice:write', 'dunning:read', 'dunning:write');
  const ask = asking(platform, clerk);
  const places = platform.services.places as PlacesService;
  const agreements = platform.services.agreements as AgreementsService;
  const make = (parent: string | null, kind: string, code: string, name: string) =>
    places.create(clerk, { parent, kind, code, name } as never);
  const project = await make(null, 'project', 'P1', '安居小区');
  const building = await make(project.id, 'building', 'B1', '1 栋');
  let count = 0;

  async function draft(more: object): Promise<string> {
    const code = `H${++count}`;
    const house = (await make(building.id, 'house', code, `${code} 室`)).id;
    const made = await ask('POST', '/leases', {
      ...{ house, title: '租赁合同', terms: { use: '居住' } },
      tenant: { party: newId(), name: '王秀英' },
      lessor: { party: newId(), name: '安居公司' },
      ...{ startsOn: '2026-06-01', endsOn: '2027-05-31' },
      fees: [{ subject: 'rent', basis: { kind: 'fixed', amount: 60_000 } }],
      ...more,
    });
    return made.id;
  }

  async function signed(more: object): Promise<string> {
    const id = await draft(more);
    await ask('POST', `/leases/${id}/steps`, { step: 'submit' });
    for (const role of ['tenant', 'lessor'] as const) await signBy(platform, clerk, id, role);
    return id;
  }

  return {
    clerk,
    project,
    building,
    draft,
    signed,
    place: (parent: string, kind: string, code: string) => make(parent, kind, code, code),
    /** A person with a sign-in of his own, and his telephone number. */
    person: async (
      parties: PartiesService,
      account: string | null,
      phone?: string,
      name = '王秀英',
    ): Promise<string> => {
      const draft = {
        kind: 'person',
        name,
        place: project.path,
        account,
        ...(phone && { fields: [{ field: 'phone', value: phone }] }),
      };
      return (await parties.add(clerk, draft as never)).id;
    },
    day: async (date: string): Promise<void> => {
      platform.clock.set(new Date(`${date}T02:00:00Z`));
      await agreements.pass();
      await platform.drain();
    },
  };
}

export type Signed = Awaited<ReturnType<typeof createPlacedHouses>>;
