import { createHash } from 'node:crypto';
import { createSocket, type RemoteInfo } from 'node:dgram';
import { createLog, movableClock } from '@keystead/kernel/base';
import { clause } from '@keystead/kernel/testing';
import iconv from 'iconv-lite';
import { afterEach, expect, test } from 'vitest';
import { UpwardLink } from './link.ts';

const [ours, upper, east, west] = ['2', '1', '3', '4'].map((n) => `3402000000200000000${n}`) as [
  string,
  string,
  string,
  string,
];
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** A platform above that speaks plain text over a datagram socket and shares no code with ours. */
async function platformAbove(password = 'upper-secret') {
  const socket = createSocket('udp4');
  open.push({ close: () => socket.close() });
  const heard: string[] = [];
  let lower: RemoteInfo | undefined;
  const line = (text: string, name: string) => new RegExp(`^${name}: ?(.*)$`, 'im').exec(text)?.[1]?.trim() ?? '';
  const say = (text: string) => socket.send(iconv.encode(text, 'gb18030'), lower?.port ?? 0, lower?.address);
  const answer = (text: string, status: string, more = '') => {
    const kept = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].map((name) => `${name}: ${line(text, name)}`);
    say([`SIP/2.0 ${status}`, ...kept, ...(more ? [more] : []), 'Content-Length: 0', '', ''].join('\r\n'));
  };
  socket.on('message', (bytes, from) => {
    const text = iconv.decode(bytes, 'gb18030');
    heard.push(text);
    lower = from;
    if (text.startsWith('MESSAGE')) return answer(text, '200 OK');
    if (!text.startsWith('REGISTER')) return;
    const given = line(text, 'Authorization');
    const of = (name: string) => new RegExp(`${name}="?([^",]*)`).exec(given)?.[1] ?? '';
    const wanted = md5(`${md5(`${ours}:3402000000:${password}`)}:abc:${md5(`REGISTER:${of('uri')}`)}`);
    if (of('response') === wanted) answer(text, '200 OK', 'Expires: 3600');
    else if (given === '') answer(text, '401 Unauthorized', 'WWW-Authenticate: Digest realm="3402000000", nonce="abc"');
    else answer(text, '403 Forbidden');
  });
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', () => done()));
  let number = 0;
  const ask = (method: string, to: string, body = '', type = 'Application/MANSCDP+xml', call = `c${++number}@above`) =>
    say(
      [
        `${method} sip:${to}@127.0.0.1 SIP/2.0`,
        `Via: SIP/2.0/UDP 127.0.0.1:${socket.address().port};branch=z9hG4bK${++number}`,
        `From: <sip:${upper}@3402000000>;tag=9`,
        `To: <sip:${to}@3402000000>`,
        `Call-ID: ${call}`,
        `CSeq: ${number} ${method}`,
        ...(body ? [`Content-Type: ${type}`] : []),
        `Content-Length: ${body.length}`,
        '',
        body,
      ].join('\r\n'),
    );
  return { port: socket.address().port, heard, ask };
}

async function lowerAt(port: number, password = 'upper-secret') {
  const done: unknown[] = [];
  const channels = [
    { id: east, name: '东门', on: true },
    { id: west, name: '西门 <一>', on: false },
    ...Array.from({ length: 5 }, (_, n) => ({ id: `3402000000132000010${n}`, name: `楼 ${n}`, on: true })),
  ];
  const ports = {
    channels: async () => channels,
    send: async (channel: string, target: object) => {
      done.push({ send: channel, ...target });
      if (channel === west) throw new Error('no such stream');
      return { port: 40_000 };
    },
    stop: async (channel: string, ssrc: string) => void done.push({ stop: channel, ssrc }),
  };
  const settings = { id: ours, upper, host: '127.0.0.1', port, password, mediaHost: '10.0.0.7' };
  const clock = movableClock(new Date());
  const link = new UpwardLink(settings, ports, clock, createLog('test', 'silent'));
  open.push(await link.open('127.0.0.1'));
  return { link, done, clock };
}

const offer = (ssrc: string, more = '') =>
  `v=0\r\no=x 0 0 IN IP4 127.0.0.1\r\ns=Play\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\nm=video 30000 ${more}RTP/AVP 96\r\na=recvonly\r\ny=${ssrc}\r\n`;

test(clause('H-6.2-d-2', 'registers above by digest, tells its catalogue in parts, and sends one stream'), async () => {
  const above = await platformAbove();
  const { link, done } = await lowerAt(above.port);
  await expect.poll(() => link.state).toBe('registered');
  const query = `<?xml version="1.0"?><Query><CmdType>Catalog</CmdType><SN>17</SN><DeviceID>${ours}</DeviceID></Query>`;
  above.ask('MESSAGE', ours, query);
  const parts = () => above.heard.filter((text) => text.includes('<CmdType>Catalog</CmdType>'));
  await expect.poll(() => parts().length).toBe(3);
  for (const part of parts()) expect(part).toMatch(/<SN>17<\/SN>[\s\S]*<SumNum>7<\/SumNum>/);
  expect(
    parts()
      .join('')
      .match(/<DeviceID>\d{20}<\/DeviceID><Name>/g),
  ).toHaveLength(7);
  expect(parts()[0]).toContain('<Name>东门</Name>');
  expect(parts()[0]).toContain('<Name>西门 &lt;一&gt;</Name>');

  above.ask('INVITE', east, offer('0100000001'), 'application/sdp', 'call@above');
  const answers = (status: string) => above.heard.filter((text) => text.startsWith(`SIP/2.0 ${status}`));
  await expect.poll(() => answers('200').some((text) => text.includes('m=video 40000 RTP/AVP 96'))).toBe(true);
  const accepted = answers('200').find((text) => text.includes('a=sendonly')) ?? '';
  expect(accepted).toContain('c=IN IP4 10.0.0.7');
  expect(accepted).toContain('y=0100000001');
  expect(done).toEqual([{ send: east, host: '127.0.0.1', port: 30_000, ssrc: '0100000001' }]);
  above.ask('ACK', east, '', '', 'call@above');
  above.ask('BYE', east, '', '', 'call@above');
  await expect.poll(() => done.at(-1)).toEqual({ stop: east, ssrc: '0100000001' });
  expect(link.sending).toBe(0);
});

test('what is not ours, not live, over TCP or not to be had is refused', async () => {
  const above = await platformAbove();
  const { link } = await lowerAt(above.port);
  await expect.poll(() => link.state).toBe('registered');
  const status = () => /^SIP\/2\.0 (\d{3})/.exec(above.heard.at(-1) ?? '')?.[1];
  for (const [to, body, wanted] of [
    ['34020000001320000999', offer('0100000001'), '404'],
    [east, offer('0100000001', 'TCP/'), '488'],
    [east, offer('0100000001').replace('s=Play', 's=Playback'), '488'],
    [east, 'v=0\r\n', '400'],
    [west, offer('0100000001'), '480'],
  ] as const) {
    above.ask('INVITE', to, body, 'application/sdp');
    await expect.poll(status).toBe(wanted);
    above.heard.push('');
  }
});

test('a wrong password is refused, a stranger is not answered to, an unacknowledged stream ends', async () => {
  const above = await platformAbove();
  const wrong = await lowerAt(above.port, 'other-secret');
  await expect.poll(() => wrong.link.state).toBe('refused');
  await wrong.link.close();
  open.pop();
  const { link, done, clock } = await lowerAt(above.port);
  await expect.poll(() => link.state).toBe('registered');
  above.ask('INVITE', east, offer('0100000002'), 'application/sdp', 'lost@above');
  await expect.poll(() => link.sending).toBe(1);
  clock.pass(40);
  await expect.poll(() => link.sending, { timeout: 5000 }).toBe(0);
  expect(done.at(-1)).toEqual({ stop: east, ssrc: '0100000002' });
}, 20_000);
