import { createHash, randomBytes } from 'node:crypto';
import { parameter } from '../sip.ts';

const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** The Authorization that answers a registrar's challenge (RFC 2617 with MD5, as the standard has it); undefined for others. */
export function proofFor(
  challenge: string,
  user: string,
  password: string,
  method: string,
  uri: string,
): string | undefined {
  if (!/^digest\b/i.test(challenge)) return undefined;
  const of = (name: string) => parameter(challenge, name) ?? '';
  if (of('algorithm') !== '' && of('algorithm').toUpperCase() !== 'MD5') return undefined;
  const [realm, nonce, opaque] = [of('realm'), of('nonce'), of('opaque')];
  const auth = of('qop')
    .split(/[\s,]+/)
    .includes('auth');
  const ours = randomBytes(8).toString('hex');
  const [first, second] = [md5(`${user}:${realm}:${password}`), md5(`${method}:${uri}`)];
  const response = md5([first, nonce, ...(auth ? ['00000001', ours, 'auth'] : []), second].join(':'));
  const parts = [
    `username="${user}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${response}"`,
    'algorithm=MD5',
    ...(opaque === '' ? [] : [`opaque="${opaque}"`]),
    ...(auth ? ['qop=auth', 'nc=00000001', `cnonce="${ours}"`] : []),
  ];
  return `Digest ${parts.join(', ')}`;
}
