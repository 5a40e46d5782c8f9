import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A media server as ZLMediaKit answers: whatever it is asked is well, and a port is open. Ends with the process. */
export async function startMediaPeer(): Promise<string> {
  const server = createServer((request, reply) => {
    request.resume();
    reply.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ code: 0, port: 30_000 }));
  });
  server.unref();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
