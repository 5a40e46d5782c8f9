import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readMatches, readProfiles } from './index.ts';
import { at, envelope, faultOf, list, passwordDigest, readEnvelope, textAt } from './soap.ts';
import { probeMatch } from './testing/web-camera.ts';

test('a password is signed as the example of the ONVIF programmer’s guide shows', () => {
  const nonce = Buffer.from('LKqI6G/AikKCQrN0zqZFlg==', 'base64');
  expect(passwordDigest(nonce, '2010-09-16T07:50:45Z', 'userpassword')).toBe('tuOSpGlFlIXsozq4HFNeeGeFLEI=');
});

test('a message is well-formed, signed, and words of people in it are text', () => {
  const login = { user: 'a<b>&"c"', password: 'secret' };
  const made = envelope('<Ask/>', login, new Date('2026-01-01T00:00:00Z'), Buffer.from('0123456789abcdef'));
  const read = readEnvelope(Buffer.from(made));
  const token = at(read?.header, 'Security', 'UsernameToken');
  expect(textAt(token, 'Username')).toBe('a<b>&"c"');
  expect(textAt(token, 'Created')).toBe('2026-01-01T00:00:00.000Z');
  expect(made).not.toContain('secret');
  expect(envelope('<Ask/>')).not.toContain('Header');
});

test('who answers a probe is known by its endpoint, its addresses and its scopes', () => {
  const match = Buffer.from(probeMatch('urn:uuid:1', 'http://192.168.1.64/onvif/device_service'));
  expect(readMatches(match)).toEqual([
    {
      endpoint: 'urn:uuid:a1b2',
      addresses: ['http://192.168.1.64/onvif/device_service', 'http://[fe80::1]/onvif/device_service'],
      name: 'Gate east',
      hardware: 'C-1',
      location: 'country/china',
    },
  ]);
  const bad = match.toString('utf8').replace('http://192', 'ftp://192').replace('http://[', 'javascript:[');
  expect(readMatches(Buffer.from(bad))).toEqual([]);
});

test('what is no SOAP, or brings a document type, is not read', () => {
  const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa">]><Envelope><Body>&a;</Body></Envelope>';
  for (const text of ['', 'x', '<a/>', '<Envelope/>', '<Envelope><Body>', bomb, `<Envelope>${'x'.repeat(600_000)}`])
    expect(readEnvelope(Buffer.from(text)), text.slice(0, 40)).toBeUndefined();
});

test('a fault is told with its reason', () => {
  const fault = (inside: string) =>
    faultOf(readEnvelope(Buffer.from(`<e:Envelope xmlns:e="x"><e:Body>${inside}</e:Body></e:Envelope>`))?.body ?? {});
  const told =
    '<e:Fault><e:Code><e:Subcode><e:Value>ter:NotAuthorized</e:Value></e:Subcode></e:Code><e:Reason><e:Text xml:lang="en">no</e:Text></e:Reason></e:Fault>';
  expect(fault(told)).toBe('ter:NotAuthorized: no');
  expect(fault('<e:Fault><faultstring>old</faultstring></e:Fault>')).toBe('old');
  expect(fault('<e:Fault/>')).toBe('a fault without a reason');
  expect(fault('<x>1</x>')).toBeUndefined();
});

test('random and damaged documents never throw', () => {
  const whole = probeMatch('urn:uuid:1', 'http://192.168.1.64/onvif');
  const damaged = fc
    .tuple(fc.nat(whole.length), fc.nat(whole.length), fc.string({ maxLength: 20 }))
    .map(([from, to, put]) => whole.slice(0, Math.min(from, to)) + put + whole.slice(Math.max(from, to)));
  const element = fc.constantFrom(
    'Envelope',
    'Body',
    'Fault',
    'ProbeMatches',
    'ProbeMatch',
    'XAddrs',
    '__proto__',
    'Hello',
    'GetProfilesResponse',
    'Profiles',
  );
  const nested = fc.array(element, { maxLength: 12 }).map((names) => {
    const opened = names.map((name) => `<${name} token="t">`).join('');
    return `<Envelope><Body>${opened}x${names
      .toReversed()
      .map((name) => `</${name}>`)
      .join('')}</Body></Envelope>`;
  });
  fc.assert(
    fc.property(fc.oneof(fc.string(), damaged, nested), (text) => {
      const bytes = Buffer.from(text);
      const body = readEnvelope(bytes)?.body;
      readMatches(bytes);
      if (!body) return;
      faultOf(body);
      readProfiles(body);
      expect(Array.isArray(list(at(body, 'x')))).toBe(true);
    }),
    { numRuns: 4_000, seed: 71 },
  );
});
