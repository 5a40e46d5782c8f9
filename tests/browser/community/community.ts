import { randomUUID } from 'node:crypto';
import type { Installation } from '@keystead/kernel/testing';
import { dayFromNow, officeOf } from './office.ts';

/** A tenant with a house, a contract to sign, and someone who mends things; told to an installation as staff would. */
export async function settleTenant({ url, call }: Pick<Installation, 'url' | 'call'>) {
  const phone = '13800007788';
  const name = '王秀英';
  const password = 'counter-slip-for-once-58';
  const { make, account, codeOf, hireMender, mend, openAlipay } = await officeOf({ url, call });
  const tenant = await account({ username: 'wang.xiuying', name, phone, password, kind: 'tenant' }, 'tenant', 'own');
  await hireMender();
  const project = await make('/places', { parent: null, kind: 'project', code: 'JOURNEY', name: '安居小区' });
  const building = await make('/places', { parent: project, kind: 'building', code: 'B1', name: '1栋' });
  const house = await make('/places', { parent: building, kind: 'house', code: '101', name: '1栋101室' });
  const household = await make('/parties', { kind: 'household', name: '王家', placeId: project });
  const person = await make('/parties', { kind: 'person', name, placeId: project, account: tenant });
  await call('PUT', `/parties/${person}/fields`, { fields: [{ field: 'phone', value: phone }], source: 'declared' });
  await call('POST', `/parties/${household}/members`, { person, relation: 'applicant', from: dayFromNow(-30) });
  const lessor = { party: randomUUID(), name: '安居住房租赁公司' };
  const lease = await make('/leases', {
    ...{ house, tenant: { party: household, name }, lessor, startsOn: dayFromNow(0), endsOn: dayFromNow(700) },
    ...{
      title: '公共租赁住房租赁合同',
      terms: { 用途: '仅供承租家庭居住，不得转租、转借。', 维修: '房屋自然损坏由出租人负责维修。' },
    },
    fees: [{ subject: 'rent', basis: { kind: 'fixed', amount: 60_000 } }],
  });
  await call('POST', `/leases/${lease}/steps`, { step: 'submit', reason: '' });
  const { pay } = await openAlipay();

  return {
    phone,
    name,
    /** What the office gave; good for once. */
    password,
    lease,

    /** The last text message that went to the tenant, as the demonstration provider kept it. */
    code: () => codeOf(name),

    /** The other side signs; then the month is billed. */
    begin: async (): Promise<void> => {
      const { digest } = await call<{ digest: string }>('GET', `/leases/${lease}`);
      const by = { role: 'lessor', ...lessor, digest, identityCheck: 'counter', consent: '同意' };
      const { name: _name, ...signature } = by;
      await call('POST', `/leases/${lease}/signatures`, signature);
      await call('POST', '/bills/runs', { period: dayFromNow(0).slice(0, 7) });
    },

    pay,
    mend,
  };
}

export type SettledTenant = Awaited<ReturnType<typeof settleTenant>>;
