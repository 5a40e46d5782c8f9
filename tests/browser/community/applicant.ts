import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Installation } from '@keystead/kernel/testing';
import { inhabitedHousing, signIn } from '@keystead/tests/security';
import { dayFromNow, officeOf } from './office.ts';

/** Where the office reports to: files what comes and acknowledges it. */
async function openSupervision() {
  const filed: string[] = [];
  const server = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk) => {
      body += chunk;
    });
    request.on('end', () => {
      filed.push(body);
      reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ ack: `JG-${filed.length}` }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/exits`, filed, close: () => server.close() };
}

/** A project with two houses to give out, a household that will apply and one that waits since before the platform. */
export async function settleApplicant({ url, call }: Pick<Installation, 'url' | 'call'>) {
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
  const draft = { username: 'li.mei', name: '李梅', phone: '13800006655', kind: 'tenant' };
  const password = 'counter-slip-for-once-71';
  const user = await account({ ...draft, password }, 'tenant', 'own');
  const household = await make('/parties', { kind: 'household', name: '李梅家', placeId: project });
  const person = await make('/parties', { kind: 'person', name: '李梅', placeId: project, account: user });
  await call('POST', `/parties/${household}/members`, { person, relation: 'applicant', from: dayFromNow(-30) });
  await make('/parties', { kind: 'household', name: '赵强家', placeId: project });
  await office.hireMender();
  const { channel, pay } = await office.openAlipay();
  const supervision = await openSupervision();
  await call('PUT', '/exits/supervision', { url: supervision.url });
  return {
    ...{ household, homes, lessor, channel, pay, supervision, mend: office.mend },
    /** The applicant, signed in by her phone. */
    applicant: await signIn(url, { username: draft.username, password }),
  };
}

export type SettledApplicant = Awaited<ReturnType<typeof settleApplicant>>;
