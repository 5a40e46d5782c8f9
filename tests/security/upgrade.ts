import { randomBytes } from 'node:crypto';
import { request } from 'node:http';

/** Status of the answer to a page that wants a socket: 101 when it gets one. */
export function upgradeAnswer(port: number, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const asked = request({
      ...{ host: '127.0.0.1', port, path: '/api/v1/live', agent: false },
      headers: {
        ...{ connection: 'Upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' },
        'sec-websocket-key': randomBytes(16).toString('base64'),
        ...headers,
      },
    });
    asked.once('upgrade', (_answer, socket) => {
      socket.destroy();
      resolve(101);
    });
    asked.once('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.once('error', reject);
    asked.end();
  });
}
