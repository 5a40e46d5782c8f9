import type { FastifyInstance } from 'fastify';
import { factsOf } from './handler.ts';
import type { LiveServer } from './live.ts';
import type { Authenticator } from './server.ts';

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
      const found = await authenticator.authenticate({
        cookies: request.cookies,
        authorization: request.headers.authorization,
        facts: factsOf(request),
      });
      if (found) live.attach(socket, found.actor);
      else socket.close(4001, 'not signed in');
    });
  });
}
