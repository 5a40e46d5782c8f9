import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutMessages } from './stream-door.ts';

const message = (body: string) =>
  Buffer.from(`MESSAGE sip:a@b SIP/2.0\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);

test('messages come out whole, however the stream was cut, with line ends between them', () => {
  const sent = ['one', '', 'three\r\n\r\nstill three'].map(message);
  const stream = Buffer.concat(sent.flatMap((each) => [each, Buffer.from('\r\n\r\n')]));
  for (let at = 0; at <= stream.length; at++) {
    const first = cutMessages(stream.subarray(0, at));
    const second = first && cutMessages(Buffer.concat([first.rest, stream.subarray(at)]));
    expect([...(first?.messages ?? []), ...(second?.messages ?? [])].map(String), `${at}`).toEqual(sent.map(String));
  }
});

test('a stream that cannot become a message is given up: no length, a huge one, a head without end', () => {
  for (const text of ['MESSAGE sip:a@b SIP/2.0\r\n\r\n', 'X\r\nContent-Length: 99999\r\n\r\n', 'x'.repeat(20_000)])
    expect(cutMessages(Buffer.from(text)), text.slice(0, 40)).toBeUndefined();
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), (parts) => {
      let kept = Buffer.alloc(0);
      for (const part of parts) {
        const cut = cutMessages(Buffer.concat([kept, message('ok').subarray(0, part.length % 40), part]));
        if (!cut) return;
        kept = Buffer.from(cut.rest);
        expect(kept.length).toBeLessThanOrEqual(65_536);
      }
    }),
    { seed: 28_181, numRuns: 3000 },
  );
});
