import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Installation } from '@keystead/kernel/testing';
import { signIn } from '../../security/index.ts';
import { settleNewcomer } from './newcomer.ts';

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

/** A household that will apply, and where results of exits are reported to. */
export async function settleApplicant({ url, call }: Pick<Installation, 'url' | 'call'>) {
  const home = await settleNewcomer({ url, call });
  const { username, password, household, building, homes, lessor, channel, pay, mend } = home;
  const supervision = await openSupervision();
  await call('PUT', '/exits/supervision', { url: supervision.url });
  return {
    ...{ household, building, homes, lessor, channel, pay, supervision, mend },
    /** The applicant, signed in by her phone. */
    applicant: await signIn(url, { username, password }),
  };
}

export type SettledApplicant = Awaited<ReturnType<typeof settleApplicant>>;
