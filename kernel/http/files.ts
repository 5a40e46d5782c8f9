import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { NotFound } from '@keystead/contracts/problem';
import type { FastifyInstance } from 'fastify';

const pageHeaders = { 'cache-control': 'no-cache' };
const assetHeaders = { 'cache-control': 'public, max-age=31536000, immutable' };

/**
 * Serves a built single-page application at `base` (`/`, `/tenant/`): hashed assets are kept forever, every other path
 * below it is the page.
 */
export async function serveFiles(app: FastifyInstance, folder: string, base = '/'): Promise<void> {
  if (!existsSync(join(folder, 'index.html'))) return;
  const { default: fastifyStatic } = await import('@fastify/static');
  await app.register(fastifyStatic, {
    root: folder,
    prefix: base,
    decorateReply: !app.hasReplyDecorator('sendFile'),
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (reply, path) => {
      const headers = path.includes('/assets/') ? assetHeaders : pageHeaders;
      for (const [name, value] of Object.entries(headers)) void reply.header(name, value);
    },
  });
  app.get(`${base}*`, (request, reply) => {
    const path = request.url.split('?')[0] ?? '/';
    if (path.startsWith('/api/') || path.startsWith('/health/') || path.includes('.')) throw new NotFound({ path });
    return reply.headers(pageHeaders).sendFile('index.html', folder);
  });
}
