import type { AgreementsService } from '@keystead/apps/work/agreements';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { PlacesService } from '@keystead/data/places';
import type { TestPlatform } from '@keystead/kernel/testing';
import { startPlatform } from '@keystead/kernel/testing';
import type { BillingService } from '../billing.ts';
import { billing } from '../module.ts';

/** A community to bill: its houses and leases, made one by one as people would. */
export async function startEstate() {
  const platform: TestPlatform = await startPlatform(billing);
  const service = platform.services.billing as BillingService;
  const agreements = platform.services.agreements as AgreementsService;
  const places = platform.services.places as PlacesService;
  const permissions = [
    'lease:read',
    'lease:write',
    'lease:sign',
    'place:write',
    'bill:read',
    'bill:run',
    'bill:write',
    'bill:adjust',
  ];
  const money = [
    'fee:write',
    'payment:read',
    'payment:take',
    'payment:refund',
    'payment:confirm',
    'payment:manage',
    'payment:reconcile',
  ];
  const clerk: Actor = platform.actor(
    ...permissions,
    ...money,
    'dunning:read',
    'dunning:write',
    'ledger:read',
    'ledger:close',
  );
  const project = await places.create(clerk, { parent: null, kind: 'project', code: 'P1', name: '小区' } as never);
  const building = await places.create(clerk, {
    parent: project.id,
    kind: 'building',
    code: 'B1',
    name: '1 栋',
  } as never);
  let count = 0;

  async function ask(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, payload?: object, as = clerk) {
    const answer = await platform.http.app.inject({
      method,
      url: `/api/v1${path}`,
      headers: { authorization: `Test ${as.id}` },
      ...(payload && { payload }),
    });
    return { status: answer.statusCode, body: answer.body === '' ? null : JSON.parse(answer.body) };
  }

  /** A lease that runs, with these fees. */
  async function lease(fees: { subject: string; basis: object }[], more: object = {}) {
    const code = `H${++count}`;
    const house = (await places.create(clerk, { parent: building.id, kind: 'house', code, name: code } as never)).id;
    const tenant = newId();
    const made = await ask('POST', '/leases', {
      ...{
        house,
        tenant: { party: tenant, name: '王秀英' },
        lessor: { party: newId(), name: '安居公司' },
        title: '租赁合同',
        terms: {},
      },
      ...{ startsOn: '2026-06-01', endsOn: '2029-05-31', fees },
      ...more,
    });
    const { id } = made.body;
    await ask('POST', `/leases/${id}/steps`, { step: 'submit' });
    for (const role of ['tenant', 'lessor']) {
      const { digest, parties } = (await ask('GET', `/leases/${id}`)).body;
      const { party } = parties.find((each: { role: string }) => each.role === role);
      await ask('POST', `/leases/${id}/signatures`, { role, party, digest, identityCheck: 'counter', consent: '同意' });
    }
    await agreements.pass();
    await platform.drain();
    return { id, house, tenant, code: made.body.code as string };
  }

  /** A home in a district of its own. */
  async function elsewhere(code: string): Promise<{ district: string; house: string }> {
    const make = async (parent: string | null, kind: string, name: string) =>
      (await places.create(clerk, { parent, kind, code: name, name } as never)).id;
    const district = await make(null, 'project', code);
    return { district, house: await make(await make(district, 'building', `${code}B`), 'house', `${code}H`) };
  }

  return { platform, service, agreements, clerk, building, ask, lease, elsewhere };
}

export type Estate = Awaited<ReturnType<typeof startEstate>>;
export const rent = (amount: number, more: object = {}) => ({
  subject: 'rent',
  basis: { kind: 'fixed', amount, ...more },
});
