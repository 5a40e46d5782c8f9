import { may } from '@keystead/contracts/access';
import { NotSignedIn } from '@keystead/contracts/problem';
import type { Authenticator } from '@keystead/kernel/http';
import { factsOf } from '@keystead/kernel/http';
import type { FastifyInstance } from 'fastify';
import type { MetricsDesk } from './metrics.ts';

const isLoopback = (address: string): boolean =>
  address === '::1' || address.startsWith('127.') || address.startsWith('::ffff:127.');

/** `GET /metrics`: open on this machine, for those with `system:read` from elsewhere. */
export function mountMetrics(app: FastifyInstance, desk: MetricsDesk, authenticator: Authenticator): void {
  app.get('/metrics', async (request, reply) => {
    if (!isLoopback(request.ip)) {
      const { authorization } = request.headers;
      const found = await authenticator.authenticate({
        cookies: request.cookies,
        authorization,
        facts: factsOf(request),
      });
      if (!found || !may(found.actor, 'system:read')) throw new NotSignedIn();
    }
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(await desk.text());
  });
}
