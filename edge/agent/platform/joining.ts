import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { problem } from '@keystead/contracts/problem';
import { isObject } from '@keystead/terminals/mqtt';
import { replaceFile } from '../files/replace-file.ts';
import { connectTo, type Endpoint, EndpointInvalid, type Trust } from './endpoint.ts';

/** The platform did not let it in; `detail` is its word. */
export class JoinRefused extends problem('join-refused', 403) {}

const patienceMs = 15_000;
const answerMost = 65_536;

export const tokenFileIn = (data: string): string => join(data, 'token');

/** The access token an earlier start was given; '' when there was none. */
export function keptToken(data: string): string {
  const file = tokenFileIn(data);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

/** Where people reach the platform: `https://host:8443`. Clear text only on this machine itself. */
export function readSite(text: string): Endpoint {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const host = url?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const secure = url?.protocol === 'https:';
  if (url === undefined || host === '' || (!secure && url.protocol !== 'http:'))
    throw new EndpointInvalid({ detail: `not https://host:port: ${text}` });
  if (!secure && !['127.0.0.1', 'localhost', '::1'].includes(host))
    throw new EndpointInvalid({ detail: 'clear text leaves no machine: use https://' });
  return { host, port: url.port === '' ? (secure ? 443 : 80) : Number(url.port), secure };
}

/** The site beside a way to the platform, with the ports it has unless told. */
export const siteBeside = ({ host, secure }: Endpoint): Endpoint => ({ host, secure, port: secure ? 8443 : 8080 });

interface Wish {
  site: Endpoint;
  trust: Trust;
  joinToken: string;
  /** Folder of everything the agent keeps. */
  data: string;
}

/** Gives the join token for an access token, once, and keeps that with rights for the owner only (H-7.2-c). */
export async function joinPlatform({ site, trust, joinToken, data }: Wish): Promise<string> {
  const answer = await post(site, trust, '/api/v1/fleet/join', { token: joinToken, host: hostname().slice(0, 100) });
  if (answer.status !== 201 || !isObject(answer.body) || typeof answer.body.token !== 'string') {
    const word = isObject(answer.body) ? String(answer.body.type ?? '') : '';
    throw new JoinRefused({ detail: `${answer.status} ${word}`.trim() });
  }
  await replaceFile(tokenFileIn(data), `${answer.body.token}\n`);
  return answer.body.token;
}

async function post(site: Endpoint, trust: Trust, path: string, body: unknown) {
  // The socket has proven whom it ends at before anything is said over it.
  const socket = await connectTo(site, trust, patienceMs);
  return new Promise<{ status: number; body: unknown }>((resolve, reject) => {
    const host = site.host.includes(':') ? `[${site.host}]` : site.host;
    const headers = { host: `${host}:${site.port}`, 'content-type': 'application/json', connection: 'close' };
    const asked = request({ createConnection: () => socket, path, method: 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text += part;
        if (text.length > answerMost) asked.destroy(new JoinRefused({ detail: 'the answer is too long' }));
      });
      response.on('error', reject);
      response.on('end', () => {
        try {
          resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) });
        } catch {
          resolve({ status: response.statusCode ?? 0, body: undefined });
        }
      });
    });
    asked.setTimeout(patienceMs, () => asked.destroy(new JoinRefused({ detail: 'no answer in time' })));
    asked.on('error', reject);
    asked.end(JSON.stringify(body));
  });
}
