import { createHash } from 'node:crypto';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { alarmOf } from './alarm.ts';
import { Catalogue } from './catalogue.ts';
import { DigestGuard } from './digest.ts';
import { readManscdp } from './manscdp.ts';
import { offer, readAnswer } from './session-description.ts';
import { header, parameter, readSip, writeSip } from './sip.ts';

const register = [
  'REGISTER sip:34020000002000000001@3402000000 SIP/2.0',
  'v: SIP/2.0/UDP 127.0.0.1:5060;rport;branch=z9hG4bK1',
  'From: <sip:34020000001320000001@3402000000>;tag=1',
  'To: <sip:34020000001320000001@3402000000>',
  'Call-ID: a@b',
  'CSeq: 1 REGISTER',
  'Expires: 3600',
  'Content-Length: 0',
  '',
  '',
].join('\r\n');

test('a request is read, long and short header names alike, and written again', () => {
  const message = readSip(Buffer.from(register));
  expect(message).toMatchObject({ method: 'REGISTER' });
  expect(message && header(message, 'via')).toContain('branch=z9hG4bK1');
  expect(message && readSip(writeSip(message))).toEqual(message);
});

test('a header can not smuggle in another one', () => {
  const headers = new Map([['subject', ['a\r\nEvil: yes']]]);
  const again = readSip(writeSip({ method: 'MESSAGE', uri: 'sip:a@b', headers, body: new Uint8Array(0) }));
  expect([...(again?.headers.keys() ?? [])]).toEqual(['subject', 'content-length']);
});

test('only the right password to a fresh nonce proves a device', () => {
  const guard = new DigestGuard('3402000000', new Uint8Array(32), 60_000);
  const nonce = parameter(guard.challenge(1_000_000), 'nonce') ?? '';
  const md5 = (text: string) => createHash('md5').update(text).digest('hex');
  const proof = (password: string, used = nonce) => {
    const uri = 'sip:34020000002000000001@3402000000';
    const response = md5(`${md5(`cam:3402000000:${password}`)}:${used}:${md5(`REGISTER:${uri}`)}`);
    const authorization = `Digest username="cam", realm="3402000000", nonce="${used}", uri="${uri}", response="${response}"`;
    const message = readSip(Buffer.from(register.replace('Expires', `Authorization: ${authorization}\r\nExpires`)));
    if (!message) throw new Error('not read');
    return message;
  };
  expect(guard.proves(proof('right pass'), 'cam', 'right pass', 1_030_000)).toBe(true);
  expect(guard.proves(proof('wrong pass'), 'cam', 'right pass', 1_030_000)).toBe(false);
  expect(guard.proves(proof('right pass'), 'cam', 'right pass', 1_070_000)).toBe(false);
  expect(guard.proves(proof('right pass', 'made-up'), 'cam', 'right pass', 1_030_000)).toBe(false);
});

test('documents in GB 18030 are read, an alarm keeps the time of the device', () => {
  const text =
    '<?xml version="1.0" encoding="GB2312"?><Notify><CmdType>Alarm</CmdType><SN>5</SN><DeviceID>34020000001320000001</DeviceID>' +
    '<AlarmPriority>1</AlarmPriority><AlarmMethod>5</AlarmMethod><AlarmTime>2026-09-19T14:30:05</AlarmTime>' +
    '<AlarmDescription>画面遮挡</AlarmDescription><Info><AlarmType>10</AlarmType></Info></Notify>';
  const document = readManscdp(iconv.encode(text, 'gb18030'));
  expect(document && alarmOf(document, 'CAM', 'Asia/Shanghai')).toEqual({
    device: 'CAM',
    time: new Date('2026-09-19T14:30:05+08:00').getTime() * 1000,
    event: 'alarm',
    data: { channel: '34020000001320000001', priority: 1, method: 'video', type: '10', description: '画面遮挡' },
  });
});

test('a document type is refused, and so are entities that grow', () => {
  const bomb = '<!DOCTYPE a [<!ENTITY b "xxxx">]><Notify><CmdType>&b;</CmdType></Notify>';
  expect(readManscdp(Buffer.from(bomb))).toBeUndefined();
});

test('a catalogue in several answers is whole when the said number is there', () => {
  const answer = (ids: number[]) => {
    const items = ids.map(
      (id) => `<Item><DeviceID>3402000000132000000${id}</DeviceID><Name>C${id}</Name><Status>ON</Status></Item>`,
    );
    const text = `<Response><CmdType>Catalog</CmdType><SN>1</SN><SumNum>3</SumNum><DeviceList>${items.join('')}</DeviceList></Response>`;
    const document = readManscdp(Buffer.from(text));
    if (!document) throw new Error('not read');
    return document;
  };
  const catalogue = new Catalogue();
  expect(catalogue.add(answer([1, 2]))).toBe(false);
  expect(catalogue.add(answer([2, 3]))).toBe(true);
  expect(catalogue.items.map(({ name }) => name)).toEqual(['C1', 'C2', 'C3']);
});

test('an offer names the media server; an answer is read back', () => {
  const text = offer('34020000001320000001', { host: '127.0.0.1', port: 30_000, ssrc: '0100000001' });
  expect(readAnswer(text)).toEqual({ host: '127.0.0.1', port: 30_000, ssrc: '0100000001' });
});

test('no bytes make it throw', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), fc.string({ maxLength: 200 }), (bytes, text) => {
      readSip(bytes);
      readSip(Buffer.from(register.replace('Expires', text)));
      readManscdp(bytes);
      readManscdp(Buffer.from(`<Notify>${text}</Notify>`));
      readAnswer(bytes);
    }),
    { seed: 28_181, numRuns: 3000 },
  );
});
