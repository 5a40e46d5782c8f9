import type { FastifyInstance } from 'fastify';
import { factsOf } from './handler.ts';
import type { LiveServer } from './live.ts';
import type { Authenticator } from './server.ts';

const mostEarly = 20;

/**
 * `GET /api/v1/live`: the socket pages listen on. It is opened by cookie or key like any request; a browser page of
 * another origin is refused, since cookies alone would let it in.
 */
export async function mountLive(app: FastifyInstance, live: LiveServer, authenticator: Authenticator): Promise<void> {
  await app.register(async (scope) => {
    scope.get('/api/v1/live', { websocket: true }, async (socket, request) => {
      const origin = request.headers.origin;
      if (origin !== undefined && new URL(origin).host !== request.headers.host) {
        socket.close(4003, 'foreign origin');
        return;
      }
      // A page subscribes as soon as the socket is open, which may be before we know who it is.
      const early: Buffer[] = [];
      const hold = (bytes: Buffer) => {
        if (early.push(bytes) > mostEarly) socket.close(4008, 'too fast');
      };
      socket.on('message', hold);
      const found = await authenticator.authenticate({
        cookies: request.cookies,
        authorization: request.headers.authorization,
        facts: factsOf(request),
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
