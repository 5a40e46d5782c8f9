import { createHash, randomBytes } from 'node:crypto';

export interface Login {
  user: string;
  password: string;
}

const parameter = (text: string, name: string): string | undefined => {
  const found = new RegExp(`(?:^|[\\s,])${name}\\s*=\\s*(?:"([^"]*)"|([^\\s,]+))`, 'i').exec(text);
  return found?.[1] ?? found?.[2];
};

const hashes: Readonly<Record<string, string>> = { md5: 'md5', 'sha-256': 'sha256' };

/** The challenge we can best answer: a digest before a password in clear, SHA-256 before MD5. */
function best(challenges: readonly string[]): string | undefined {
  const rank = (text: string) => {
    if (/^basic\b/i.test(text)) return 1;
    if (!/^digest\b/i.test(text)) return 0;
    const hash = hashes[(parameter(text, 'algorithm') ?? 'MD5').toLowerCase()];
    return hash === 'sha256' ? 3 : hash === 'md5' ? 2 : 0;
  };
  const [first] = [...challenges].sort((one, other) => rank(other) - rank(one));
  return first !== undefined && rank(first) > 0 ? first : undefined;
}

/**
 * The Authorization header that answers a 401 (RFC 7617, RFC 7616 with `auth` or no quality of protection); undefined
 * when none of the challenges is known. `challenges`: values of WWW-Authenticate, one each.
 */
export function authorize(
  challenges: readonly string[],
  { user, password }: Login,
  method: string,
  uri: string,
  nonceOfClient = randomBytes(8).toString('hex'),
): string | undefined {
  const challenge = best(challenges);
  if (challenge === undefined) return undefined;
  if (/^basic\b/i.test(challenge)) return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  const [realm = '', nonce = '', opaque, algorithm] = ['realm', 'nonce', 'opaque', 'algorithm'].map((name) =>
    parameter(challenge, name),
  );
  const hash = hashes[(algorithm ?? 'MD5').toLowerCase()] ?? 'md5';
  const of = (text: string) => createHash(hash).update(text).digest('hex');
  const quality = (parameter(challenge, 'qop') ?? '').split(/[\s,]+/).includes('auth') ? 'auth' : undefined;
  const [first, second] = [of(`${user}:${realm}:${password}`), of(`${method}:${uri}`)];
  const middle = quality ? `${nonce}:00000001:${nonceOfClient}:${quality}` : nonce;
  const parts = [
    `username="${user.replace(/["\\]/g, '\\$&')}"`,
    `realm="${realm}"`,
    `nonce="${nonce}"`,
    `uri="${uri}"`,
    `response="${of(`${first}:${middle}:${second}`)}"`,
    ...(algorithm === undefined ? [] : [`algorithm=${algorithm}`]),
    ...(opaque === undefined ? [] : [`opaque="${opaque}"`]),
    ...(quality ? [`qop=${quality}`, 'nc=00000001', `cnonce="${nonceOfClient}"`] : []),
  ];
  return `Digest ${parts.join(', ')}`;
}
