import { createHash } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type VideoService, video } from '@keystead/apps/work/video';
import type { places } from '@keystead/data/places';
import type { ThingsService } from '@keystead/data/things';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { keepUpwardVideo } from './upward-video.ts';

const [ours, upper, gate] = ['34020000002000000002', '34020000002000000001', '34020000001320000007'];
let platform: TestPlatform;
const ends: (() => unknown)[] = [];
beforeAll(async () => {
  platform = await startPlatform(video);
  ends.push(async () => {
    await (platform.services.telemetry as { close(): Promise<void> }).close();
    await platform.stop();
  });
});
afterAll(async () => {
  for (const end of ends.reverse()) await end();
});

/** A media server that notes what it is told to send. */
async function mediaServer() {
  const told: Record<string, unknown>[] = [];
  const server = createServer(async (request, reply) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    told.push({ at: request.url, ...JSON.parse(Buffer.concat(parts).toString('utf8')) });
    reply.writeHead(200).end(JSON.stringify({ code: 0, local_port: 41_000 }));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  ends.push(() => server.close());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, told };
}

/** The public-security platform: raw SIP over a datagram socket. */
async function platformAbove(password: string) {
  const socket = createSocket('udp4');
  ends.push(() => socket.close());
  const heard: string[] = [];
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  let lower = 0;
  socket.on('message', (bytes, from) => {
    const text = bytes.toString('latin1');
    heard.push(text);
    lower = from.port;
    if (text.startsWith('SIP/2.0')) return;
    const kept = text.split('\r\n').filter((line) => /^(via|from|to|call-id|cseq):/i.test(line));
    const say = (status: string, ...more: string[]) =>
      socket.send(
        [`SIP/2.0 ${status}`, ...kept, ...more, 'Content-Length: 0', '', ''].join('\r\n'),
        from.port,
        from.address,
      );
    if (!text.startsWith('REGISTER')) return say('200 OK');
    const of = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(text)?.[1] ?? '';
    const wanted = md5(`${md5(`${ours}:3402000000:${password}`)}:n:${md5(`REGISTER:${of('uri')}`)}`);
    if (of('response') === wanted) say('200 OK');
    else say('401 Unauthorized', 'WWW-Authenticate: Digest realm="3402000000", nonce="n"');
  });
  await new Promise<void>((done) => socket.bind(0, '127.0.0.1', () => done()));
  const { port } = socket.address();
  let number = 0;
  const ask = (method: string, to: string, type: string, body: string, call = `${++number}@up`) =>
    socket.send(
      `${method} sip:${to}@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:${port};branch=z9hG4bK${++number}\r\nFrom: <sip:${upper}@x>;tag=1\r\nTo: <sip:${to}@x>\r\nCall-ID: ${call}\r\nCSeq: ${number} ${method}\r\nContent-Type: ${type}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
      lower,
      '127.0.0.1',
    );
  return { port, heard, ask };
}

test(clause(
  'H-6.2-d-2',
  'the platform above sees the cameras it may see and pulls one stream out of the media server',
), async () => {
  const service = platform.services.video as VideoService;
  const actor = platform.actor('video:manage', 'thing:write', 'place:write');
  const media = await mediaServer();
  const above = await platformAbove('upper-secret');
  const tree = platform.services.places as ReturnType<typeof places.setup>;
  const place = await tree.create(actor, { parent: null, kind: 'project', code: 'P1', name: '一期' });
  const things = platform.services.things as ThingsService;
  for (const [code, upward] of [
    ['gate', gate],
    ['inside', null],
  ] as const) {
    const draft = { code, name: code, family: 'camera', placeId: place.id };
    const { id } = await things.create(actor, draft as never);
    await service.cameras.enter(actor, id, undefined, { stream: `s-${code}`, perimeter: false, upward });
  }
  await service.settings.save(actor, undefined, {
    mediaUrl: media.url,
    publicUrl: null,
    app: 'live',
    segment: 600,
    retentionDays: 30,
    middleSlots: [],
    uplink: { id: ours, upper, realm: '3402000000', host: '127.0.0.1', port: above.port, announce: '127.0.0.1' },
    uplinkPassword: 'upper-secret',
  });
  const stop = keepUpwardVideo(service.upward, platform.kernel, 100);
  ends.push(stop);
  await expect.poll(() => above.heard.filter((text) => text.startsWith('REGISTER')).length, { timeout: 5000 }).toBe(2);

  const query = `<Query><CmdType>Catalog</CmdType><SN>1</SN><DeviceID>${ours}</DeviceID></Query>`;
  await expect
    .poll(
      () => {
        above.ask('MESSAGE', ours, 'Application/MANSCDP+xml', query);
        return above.heard.find((text) => text.includes('<SumNum>1</SumNum>'));
      },
      { timeout: 5000, interval: 200 },
    )
    .toContain(`<DeviceID>${gate}</DeviceID>`);

  const offer = 'v=0\r\ns=Play\r\nc=IN IP4 127.0.0.1\r\nm=video 30002 RTP/AVP 96\r\ny=0100000009\r\n';
  above.ask('INVITE', gate, 'application/sdp', offer, 'one@up');
  await expect
    .poll(() => above.heard.some((text) => text.includes('m=video 41000 RTP/AVP 96')), { timeout: 5000 })
    .toBe(true);
  const sent = { stream: 's-gate', ssrc: '0100000009', dst_url: '127.0.0.1', dst_port: 30_002, is_udp: 1 };
  expect(media.told).toContainEqual(expect.objectContaining({ at: '/index/api/startSendRtp', ...sent }));
  above.ask('BYE', gate, 'application/sdp', '', 'one@up');
  await expect.poll(() => media.told.at(-1)?.at, { timeout: 5000 }).toBe('/index/api/stopSendRtp');
}, 30_000);
