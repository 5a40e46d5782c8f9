import { randomInt } from 'node:crypto';
import { systemActor } from '@keystead/contracts/access';
import { sql } from '@keystead/kernel/db';
import { cityActor, type Target } from './load.ts';

/** Channels of the demonstration that run beside the platform, as their process told them. */
export interface DemoChannels {
  readonly port: number;
  readonly apiKey: string;
  readonly serial: string;
  readonly merchantSerial: string;
  readonly publicKey: string;
  readonly privateKey: string;
  /** Where they tell the platform of payments. */
  readonly api: string;
}

/** The demo's accounts with both channels, pointed to where these run now. */
export async function furnishChannels({ platform, organisation }: Target, told: DemoChannels): Promise<void> {
  const { payments } = platform.services.billing;
  const actor = systemActor(cityActor, organisation);
  const known = await payments.channels(actor);
  const gateway = `http://127.0.0.1:${told.port}`;
  const common = { publicKey: told.publicKey, publicUrl: told.api };
  const wanted = [
    {
      ...({ kind: 'wechat', name: '微信支付（演示）', secret: told.apiKey } as const),
      settings: {
        ...{ ...common, gateway, merchant: '1900000001', app: 'wx8888888888888888' },
        ...{ serial: told.serial, merchantSerial: told.merchantSerial },
      },
    },
    {
      ...({ kind: 'alipay', name: '支付宝（演示）' } as const),
      settings: { ...common, gateway: `${gateway}/gateway.do`, application: '2021000000000001' },
    },
  ];
  for (const wish of wanted) {
    const id = known.find(({ name }) => name === wish.name)?.id;
    await payments.putChannel(actor, id, { ...wish, enabled: true, privateKey: told.privateKey });
  }
}

const username = 'zuhu';

/** Someone who lives in the demo and owes rent, with a sign-in to the tenant app; made once. */
export async function furnishTenant({ platform, organisation, say }: Target): Promise<void> {
  const { identity, parties } = platform.services;
  const actor = { ...systemActor(cityActor, organisation), permissions: new Set(['own-data:use']) };
  const { items } = await identity.accounts.list(actor, { text: username, limit: 5 });
  if (items.some((each) => each.username === username)) return;
  const [owing] = await platform.kernel.db.systemRead(sql<{ party: string }>`
    select c.party from ledger_pub.charge c
      join agreements_pub.agreement a on a.id = c.agreement and a.state in ('effective', 'expiring')
    where c.organisation = ${organisation} and c.reversed_at is null and c.settled + c.waived < c.amount
    order by c.due_on desc, c.id limit 1`);
  const members = owing ? await parties.members(actor, owing.party) : [];
  const found = members.find(({ relation }) => relation === 'applicant');
  if (!found) return;
  const password = `zu-hu-an-ju-${randomInt(100, 1000)}`;
  const draft = {
    username,
    name: found.name,
    phone: '13800000005',
    password,
    kind: 'tenant' as const,
    mustChange: false,
  };
  const { user } = await identity.accounts.create(actor, draft);
  const role = (await identity.rights.roles.list(actor)).find(({ code }) => code === 'tenant');
  if (role) await identity.rights.assignments.add(actor, user.id, { role: role.id, reach: 'own' });
  await parties.edit(actor, found.person, undefined, { account: user.id });
  say(`  演示租户 / demo tenant   ${found.name}   ${username}   ${password}   /tenant/`);
}
