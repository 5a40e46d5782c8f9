import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came. */
export interface Call {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A small web server on loopback that writes down what it is sent. */
export async function httpListener(status = 204, headers: Record<string, string> = {}) {
  const calls: Call[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (part: string) => {
      body += part;
    });
    request.on('end', () => {
      calls.push({ headers: request.headers, body });
      response.writeHead(status, headers).end(status === 204 ? undefined : 'no');
    });
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return { calls, port: (server.address() as AddressInfo).port, close: () => void server.close() };
}
