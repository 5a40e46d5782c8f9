import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { movableClock } from '@keystead/kernel/base';
import { recordingHost } from '@keystead/terminals/testing';
import { afterEach, expect, test } from 'vitest';
import type { Gb28181Channel } from './channel.ts';
import { gb28181Channel } from './index.ts';
import { answerTo, header, readSip, type SipMessage, writeSip } from './sip.ts';
import { cutMessages } from './stream-door.ts';

const run = promisify(execFile);
const camera = '34020000001320000001';
const platform = '34020000002000000001';
const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function listening(password = 'camera-secret') {
  const clock = movableClock(new Date());
  const host = recordingHost(clock);
  const devices = [{ name: 'CAM', at: { id: camera, password } }];
  const channel = (await gb28181Channel.open(
    { name: 'video', settings: { id: platform, port: 0, keepalive: 60 }, devices },
    host,
  )) as Gb28181Channel;
  open.push(channel);
  return { channel, taken: host.uplinks, refused: host.refused, clock };
}

const scenario = `<?xml version="1.0" encoding="ISO-8859-1" ?><scenario name="camera">
<send retrans="500"><![CDATA[
REGISTER sip:${platform}@3402000000 SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${camera}@3402000000>;tag=[call_number]
To: <sip:${camera}@3402000000>
Call-ID: [call_id]
CSeq: 1 REGISTER
Contact: <sip:${camera}@[local_ip]:[local_port]>
Max-Forwards: 70
Expires: 3600
Content-Length: 0

]]></send>
<recv response="401" auth="true"></recv>
<send retrans="500"><![CDATA[
REGISTER sip:${platform}@3402000000 SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${camera}@3402000000>;tag=[call_number]
To: <sip:${camera}@3402000000>
Call-ID: [call_id]
CSeq: 2 REGISTER
Contact: <sip:${camera}@[local_ip]:[local_port]>
[authentication username=${camera} password=camera-secret]
Max-Forwards: 70
Expires: 3600
Content-Length: 0

]]></send>
<recv response="200"></recv>
<send retrans="500"><![CDATA[
MESSAGE sip:${platform}@3402000000 SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: <sip:${camera}@3402000000>;tag=[call_number]
To: <sip:${platform}@3402000000>
Call-ID: [call_id]
CSeq: 3 MESSAGE
Content-Type: Application/MANSCDP+xml
Max-Forwards: 70
Content-Length: [len]

<?xml version="1.0"?>
<Notify><CmdType>Keepalive</CmdType><SN>1</SN><DeviceID>${camera}</DeviceID><Status>OK</Status></Notify>
]]></send>
<recv response="200"></recv>
</scenario>`;

test.each(['u1', 't1'])(
  'an independent SIP client registers by digest and keeps alive (%s)',
  async (transport) => {
    const { channel, taken, clock } = await listening();
    const folder = mkdtempSync(join(tmpdir(), 'sipp-'));
    open.push({ close: () => rmSync(folder, { recursive: true }) });
    const file = join(folder, 'camera.xml');
    writeFileSync(file, scenario);
    const words = [
      '-sf',
      file,
      '-m',
      '1',
      '-nostdin',
      '-timeout',
      '20s',
      '-t',
      transport,
      '-i',
      '127.0.0.1',
      `127.0.0.1:${channel.port}`,
    ];
    await run('sipp', words, { cwd: folder, env: { ...process.env, TERM: 'dumb' } });
    expect(taken).toEqual([
      { kind: 'connect', device: 'CAM' },
      { kind: 'readings', readings: [{ device: 'CAM', values: { status: 'OK' } }] },
    ]);
    expect(channel.links().get('CAM')).toMatchObject({ state: 'up' });
    clock.pass(181);
    await expect.poll(() => taken.at(-1), { timeout: 10_000 }).toEqual({ kind: 'disconnect', device: 'CAM' });
  },
  40_000,
);

/** A camera of plain datagrams that answers what the platform asks. */
async function cameraAt(port: number, answer: (request: SipMessage) => SipMessage[]) {
  const socket = createSocket('udp4');
  open.push({ close: () => socket.close() });
  const heard: SipMessage[] = [];
  const say = (message: SipMessage) => socket.send(writeSip(message), port, '127.0.0.1');
  socket.on('message', (bytes) => {
    const message = readSip(bytes);
    if (!message) return;
    heard.push(message);
    if (message.method) for (const each of answer(message)) say(each);
  });
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', () => done()));
  const request = (method: string, number: number, body: string, authorization?: string): SipMessage => ({
    method,
    uri: `sip:${platform}@3402000000`,
    headers: new Map([
      ['via', [`SIP/2.0/UDP 127.0.0.1:${socket.address().port};branch=z9hG4bK${number}`]],
      ['from', [`<sip:${camera}@3402000000>;tag=1`]],
      ['to', [`<sip:${method === 'REGISTER' ? camera : platform}@3402000000>`]],
      ['call-id', ['one@camera']],
      ['cseq', [`${number} ${method}`]],
      ...(authorization ? [['authorization', [authorization]] as [string, string[]]] : []),
    ]),
    body: Buffer.from(body),
  });
  return { heard, say, request };
}

type TestCamera = Awaited<ReturnType<typeof cameraAt>>;
const md5 = (text: string) => createHash('md5').update(text).digest('hex');

/** Registers by digest, as a camera does. */
async function register(
  heard: SipMessage[],
  say: (message: SipMessage) => unknown,
  request: TestCamera['request'],
): Promise<void> {
  say(request('REGISTER', 1, ''));
  await expect.poll(() => heard.at(-1)?.status).toBe(401);
  const nonce = /nonce="([^"]+)"/.exec(header(heard.at(-1) ?? request('X', 0, ''), 'www-authenticate'))?.[1] ?? '';
  const response = md5(`${md5(`${camera}:3402000000:camera-secret`)}:${nonce}:${md5('REGISTER:x')}`);
  say(
    request(
      'REGISTER',
      2,
      '',
      `Digest username="${camera}", realm="3402000000", nonce="${nonce}", uri="x", response="${response}"`,
    ),
  );
}

test('who is not registered is told so, and an unlisted id or a wrong password is counted', async () => {
  const { channel, taken, refused } = await listening();
  const { heard, say, request } = await cameraAt(channel.port, () => []);
  say(request('MESSAGE', 1, '<Notify><CmdType>Keepalive</CmdType></Notify>'));
  await expect.poll(() => heard.at(-1)?.status).toBe(403);
  say(
    request('REGISTER', 2, '', `Digest username="${camera}", realm="3402000000", nonce="0-0", uri="x", response="0"`),
  );
  await expect.poll(() => heard.at(-1)?.status).toBe(401);
  expect(header(heard.at(-1) ?? request('X', 0, ''), 'www-authenticate')).toContain('nonce=');
  expect(refused.map(({ type }) => type)).toEqual(['credential-unknown']);
  expect(taken).toEqual([]);
});

test('the catalogue is gathered from its parts and one stream is invited and ended', async () => {
  const { channel, taken } = await listening();
  const item = (id: number) => `<Item><DeviceID>3402000000132000000${id}</DeviceID><Name>C${id}</Name></Item>`;
  let number = 10;
  const { heard, say, request } = await cameraAt(channel.port, (asked) => {
    const answer = answerTo(asked, 200, 'OK', 'camera');
    if (asked.method === 'ACK') return [];
    if (asked.method === 'INVITE')
      answer.body = Buffer.from('v=0\r\nc=IN IP4 127.0.0.1\r\nm=video 15060 RTP/AVP 96\r\ny=0100000001\r\n');
    if (asked.method !== 'MESSAGE') return [answer];
    const serial = /<SN>(\d+)</.exec(Buffer.from(asked.body).toString())?.[1];
    const part = (id: number) =>
      request(
        'MESSAGE',
        ++number,
        `<Response><CmdType>Catalog</CmdType><SN>${serial}</SN><DeviceID>${camera}</DeviceID><SumNum>2</SumNum><DeviceList Num="1">${item(id)}</DeviceList></Response>`,
      );
    return [answer, part(1), part(2)];
  });
  await register(heard, say, request);
  await expect.poll(() => taken).toEqual([{ kind: 'connect', device: 'CAM' }]);
  await expect(channel.call('CAM', 'catalogue', {}, 5000)).resolves.toMatchObject({
    complete: true,
    items: [{ name: 'C1' }, { name: 'C2' }],
  });
  const target = { channel: camera, host: '127.0.0.1', port: 30_000, ssrc: '0100000001' };
  const played = (await channel.call('CAM', 'play', target, 5000)) as { stream: string };
  expect(played).toMatchObject({ port: 15_060, ssrc: '0100000001' });
  await expect.poll(() => heard.map(({ method }) => method)).toContain('ACK');
  await expect(channel.call('CAM', 'stop', { stream: played.stream }, 5000)).resolves.toEqual({ stopped: true });

  const past = { channel: camera, host: '127.0.0.1', port: 30_002, from: 1_789_000_000_000, to: 1_789_000_600_000 };
  await expect(channel.call('CAM', 'playback', past, 5000)).resolves.toMatchObject({ port: 15_060 });
  const invites = heard.filter(({ method }) => method === 'INVITE').map(({ body }) => Buffer.from(body).toString());
  expect(invites.map((text) => /^s=(\w+)/m.exec(text)?.[1])).toEqual(['Play', 'Playback']);
  expect(invites[1]).toMatch(/^t=1789000000 1789000600\r$/m);
  expect(invites[1]).toMatch(/^y=1\d{9}\r$/m);
  const endless = { ...past, to: past.from + 90_000_000 };
  await expect(channel.call('CAM', 'playback', endless, 5000)).rejects.toMatchObject({ type: 'payload-malformed' });

  const controls = () =>
    heard.flatMap(({ body }) => /<PTZCmd>(\w+)<\/PTZCmd>/.exec(Buffer.from(body).toString())?.[1] ?? []);
  const move = { channel: camera, ways: ['left'], speed: 31, lasts: 100 };
  await expect(channel.call('CAM', 'move', move, 5000)).resolves.toEqual({ moved: true });
  expect(controls()).toEqual(['A50F01021F0000D6', 'A50F0100000000B5']);
  await channel.call('CAM', 'preset', { channel: camera, act: 'call', number: 1 }, 5000);
  expect(controls().at(-1)).toBe('A50F018200010038');
});

test('a camera that refuses to turn is told as that, and is stopped all the same', async () => {
  const { channel, taken } = await listening();
  const { heard, say, request } = await cameraAt(channel.port, (asked) =>
    asked.method === 'MESSAGE' ? [answerTo(asked, 403, 'Forbidden', 'camera')] : [],
  );
  await register(heard, say, request);
  await expect.poll(() => taken).toEqual([{ kind: 'connect', device: 'CAM' }]);
  const move = { channel: camera, ways: ['up'], lasts: 100 };
  await expect(channel.call('CAM', 'move', move, 5000)).rejects.toMatchObject({ type: 'device-refused' });
  expect(heard.filter(({ method }) => method === 'MESSAGE')).toHaveLength(2);
});

test('a recorder that came over TCP is asked on its own connection, once, and is silent when that is gone', async () => {
  const { channel, taken } = await listening();
  const socket = connect(channel.port, '127.0.0.1');
  open.push({ close: () => socket.destroy() });
  const heard: SipMessage[] = [];
  const say = (message: SipMessage) => socket.write(writeSip(message));
  let kept = Buffer.alloc(0);
  socket.on('data', (part: Buffer) => {
    const cut = cutMessages(Buffer.concat([kept, part]));
    kept = Buffer.from(cut?.rest ?? []);
    for (const bytes of cut?.messages ?? []) {
      const message = readSip(bytes);
      if (!message) continue;
      heard.push(message);
      if (message.method === 'MESSAGE') say(answerTo(message, 200, 'OK', 'camera'));
    }
  });
  await new Promise((done) => socket.once('connect', done));
  const { request } = await cameraAt(channel.port, () => []);
  await register(heard, say, request);
  await expect.poll(() => taken).toEqual([{ kind: 'connect', device: 'CAM' }]);
  await channel.call('CAM', 'preset', { channel: camera, act: 'set', number: 2 }, 3000);
  const asked = heard.filter(({ method }) => method === 'MESSAGE');
  expect(asked.map((each) => header(each, 'via').slice(0, 11))).toEqual(['SIP/2.0/TCP']);
  expect(Buffer.from(asked[0]?.body ?? []).toString()).toContain('<PTZCmd>A50F018100020038</PTZCmd>');
  socket.destroy();
  const late = channel.call('CAM', 'preset', { channel: camera, act: 'set', number: 2 }, 300);
  await expect(late).rejects.toMatchObject({ type: 'device-silent' });
});
