import { randomUUID } from 'node:crypto';
import type { Installation } from '@keystead/kernel/testing';
import { dayFromNow } from './office.ts';

interface Made {
  id: string;
}
interface Run {
  id: string;
  state: string;
}

/** A household that owes the rent of its first month, told to an installation as staff would; amounts in fen. */
export async function settleDebtor({ call }: Pick<Installation, 'call'>) {
  const make = async (path: string, body: unknown) => (await call<Made>('POST', path, body)).id;
  const rent = 90_000;
  const project = await make('/places', { parent: null, kind: 'project', code: 'DEBT', name: '安居小区' });
  const building = await make('/places', { parent: project, kind: 'building', code: 'B1', name: '1栋' });
  const house = await make('/places', { parent: building, kind: 'house', code: '301', name: '1栋301室' });
  const household = await make('/parties', { kind: 'household', name: '赵德柱', placeId: project });
  const member = { name: '赵德柱', relation: 'applicant', from: dayFromNow(-60) };
  await call('POST', `/parties/${household}/members`, member);
  await call('POST', '/households', { household, by: 'register' });
  // As far back as a lease is taken down: what it owes since a week later is late by three weeks, wherever today lies in its month.
  const startsOn = dayFromNow(-31);
  await call('PUT', '/fees/rules', { dueDay: 1, lateGrace: 0 });
  const lessor = { party: randomUUID(), name: '安居住房租赁公司' };
  const lease = await make('/leases', {
    ...{ house, tenant: { party: household, name: '赵德柱' }, lessor, startsOn, endsOn: dayFromNow(600) },
    ...{ title: '公共租赁住房租赁合同', terms: {} },
    // Once, so that it is a round sum whatever part of the month is left.
    fees: [{ subject: 'rent', basis: { kind: 'once', amount: rent } }],
  });
  await call('POST', `/leases/${lease}/steps`, { step: 'submit', reason: '' });
  const { code, digest } = await call<{ code: string; digest: string }>('GET', `/leases/${lease}`);
  for (const [role, party] of [
    ['tenant', household],
    ['lessor', lessor.party],
  ])
    await call('POST', `/leases/${lease}/signatures`, {
      ...{ role, party, digest, identityCheck: 'counter', consent: '同意' },
    });
  const period = startsOn.slice(0, 7);
  const run = await make('/bills/runs', { period });
  const ended = async () => (await call<Run[]>('GET', '/bills/runs')).find(({ id }) => id === run)?.state === 'done';
  for (const end = Date.now() + 30_000; !(await ended()) && Date.now() < end; )
    await new Promise((passed) => setTimeout(passed, 300));
  return { lease, code, household, building, period, rent };
}

export type SettledDebtor = Awaited<ReturnType<typeof settleDebtor>>;
