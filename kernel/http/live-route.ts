import { NotAllowed } from '@keystead/contracts/problem';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { factsOf } from './handler.ts';
import type { LiveServer } from './live.ts';
import type { Authenticator } from './server.ts';

const mostEarly = 20;

/** Whether a page of this origin was served by this host; `null` (a sandboxed or local page) is nobody's. */
export function isOwnOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

/**
 * `GET /api/v1/live`: the socket pages listen on. It is opened by cookie or key like any request; a browser page of
 * another origin is refused with 403 before there is a socket, since cookies alone would let it in. A socket is no sign
 * that somebody sits before the page: it keeps no session from idling out.
 */
export async function mountLive(app: FastifyInstance, live: LiveServer, authenticator: Authenticator): Promise<void> {
  await app.register(async (scope) => {
    const onRequest = async ({ headers }: FastifyRequest): Promise<void> => {
      const { origin, host } = headers;
      if (origin !== undefined && !isOwnOrigin(origin, host)) throw new NotAllowed({ reason: 'foreign-origin' });
    };
    scope.get('/api/v1/live', { websocket: true, onRequest }, async (socket, request) => {
      // A page subscribes as soon as the socket is open, which may be before we know who it is.
      const early: Buffer[] = [];
      const hold = (bytes: Buffer) => {
        if (early.push(bytes) > mostEarly) socket.close(4008, 'too fast');
      };
      socket.on('message', hold);
      const found = await authenticator.authenticate({
        cookies: request.cookies,
        authorization: request.headers.authorization,
        facts: { ...factsOf(request), background: true },
      });
      socket.off('message', hold);
      if (!found) {
        socket.close(4001, 'not signed in');
        return;
      }
      live.attach(socket, found.actor);
      for (const bytes of early) socket.emit('message', bytes);
    });
  });
}
