import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signature } from '../source.ts';

/** An authority on loopback: answers signed questions about people it knows, and nothing else. */
export interface Authority {
  readonly url: string;
  /** Resident numbers it was asked about. */
  readonly asked: string[];
  /** What it says of a resident number. */
  readonly known: Map<string, object>;
  /** Its answers are signed with another secret, or it is down. */
  behave(how: 'well' | 'forged' | 'down'): void;
  stop(): Promise<void>;
}

export async function startAuthority(secret: string): Promise<Authority> {
  const asked: string[] = [];
  const known = new Map<string, object>();
  let how = 'well';
  const server = createServer((request, reply) => {
    let body = '';
    request.setEncoding('utf8').on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      const timestamp = String(request.headers['x-keystead-timestamp']);
      if (how === 'down') return void reply.writeHead(503).end();
      if (request.headers['x-keystead-signature'] !== signature(secret, timestamp, body))
        return void reply.writeHead(401).end();
      const { residentId } = JSON.parse(body) as { residentId: string };
      asked.push(residentId);
      const text = JSON.stringify(known.get(residentId) ?? {});
      const signed = signature(how === 'forged' ? 'another secret altogether' : secret, timestamp, text);
      reply.writeHead(200, { 'x-keystead-signature': signed, 'content-type': 'application/json' }).end(text);
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/inquiries`,
    asked,
    known,
    behave: (next) => {
      how = next;
    },
    stop: () => new Promise((done) => void server.close(() => done())),
  };
}
