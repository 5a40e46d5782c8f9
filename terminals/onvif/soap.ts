import { createHash, randomBytes } from 'node:crypto';
import { isJsonObject, type JsonObject, type Login } from '@keystead/terminals/port';
import { XMLParser } from 'fast-xml-parser';

// SOAP 1.2 as ONVIF uses it: one operation a message, prefixes of no meaning, no entities.

const bytesMost = 512 * 1024;
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: true,
});

/** Words of strangers go into a message as text, never as markup. */
export const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Digest of WS-Security's UsernameToken: the password itself never goes over the line. */
export function passwordDigest(nonce: Uint8Array, created: string, password: string): string {
  return createHash('sha1').update(nonce).update(created).update(password).digest('base64');
}

const security = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd';
const utility = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const profile = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0';
const encoding = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0';

/** `now`: by the clock of the device, which refuses what is too old or too new. */
function token({ user, password }: Login, now: Date, nonce: Uint8Array): string {
  const created = now.toISOString();
  const digest = passwordDigest(nonce, created, password);
  const secret = `<Password Type="${profile}#PasswordDigest">${digest}</Password>`;
  const salt = `<Nonce EncodingType="${encoding}#Base64Binary">${Buffer.from(nonce).toString('base64')}</Nonce>`;
  const made = `<Created xmlns="${utility}">${created}</Created>`;
  const name = `<Username>${escaped(user)}</Username>`;
  return `<Security s:mustUnderstand="1" xmlns="${security}"><UsernameToken>${name}${secret}${salt}${made}</UsernameToken></Security>`;
}

/** A message around one operation; with `login` it is signed by a UsernameToken. */
export function envelope(
  operation: string,
  login?: Login,
  now = new Date(),
  nonce: Uint8Array = randomBytes(16),
): string {
  const header = login ? `<s:Header>${token(login, now, nonce)}</s:Header>` : '';
  return `<?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope">${header}<s:Body>${operation}</s:Body></s:Envelope>`;
}

/** Header and body of an answer; undefined when it is no SOAP. A document type is refused: nothing is ever expanded. */
export function readEnvelope(bytes: Uint8Array): { header: JsonObject; body: JsonObject } | undefined {
  if (bytes.length === 0 || bytes.length > bytesMost) return undefined;
  const text = Buffer.from(bytes).toString('utf8');
  if (/<!DOCTYPE/i.test(text)) return undefined;
  try {
    const document: unknown = parser.parse(text);
    const whole = isJsonObject(document) && isJsonObject(document.Envelope) ? document.Envelope : undefined;
    if (!whole || !isJsonObject(whole.Body)) return undefined;
    return { header: isJsonObject(whole.Header) ? whole.Header : {}, body: whole.Body };
  } catch {
    return undefined;
  }
}

/** What stands at a path of element names: a list where there are several. */
export function at(from: unknown, ...path: string[]): unknown {
  let found = from;
  for (const name of path) {
    const one = Array.isArray(found) ? found[0] : found;
    if (!isJsonObject(one) || !Object.hasOwn(one, name)) return undefined;
    found = one[name];
  }
  return found;
}

export const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** The text of an element, which may carry attributes. */
export function textAt(from: unknown, ...path: string[]): string | undefined {
  const found = list(at(from, ...path))[0];
  const text = isJsonObject(found) ? found['#text'] : found;
  return typeof text === 'string' && text.length > 0 && text.length <= 2_000 ? text : undefined;
}

/** The reason of a fault; undefined when it is none. */
export function faultOf(body: JsonObject): string | undefined {
  const fault = at(body, 'Fault');
  if (fault === undefined) return undefined;
  const words = [
    textAt(fault, 'Code', 'Subcode', 'Value'),
    textAt(fault, 'Reason', 'Text'),
    textAt(fault, 'faultstring'),
  ];
  return (
    words
      .filter((word) => word !== undefined)
      .join(': ')
      .slice(0, 200) || 'a fault without a reason'
  );
}
