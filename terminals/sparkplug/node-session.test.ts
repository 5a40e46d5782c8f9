import { isRefusal } from '@keystead/terminals/port';
import { expect, test } from 'vitest';
import { golden } from './golden.ts';
import {
  type MessageType,
  type Metric,
  messageTypes,
  NodeSession,
  readPayload,
  readTopic,
  translate,
  type WrittenMetric,
  writePayload,
} from './index.ts';
import { Rebirths } from './rebirths.ts';

const node = { group: 'g', node: 'n' };

function payload(metrics: WrittenMetric[], seq?: number) {
  const bytes = writePayload(metrics, { time: 1_700_000_000_000, seq });
  const read = isRefusal(bytes) ? bytes : readPayload(bytes);
  if (isRefusal(read)) throw new Error(read.detail);
  return read;
}
const goldenPayload = (bytes: Uint8Array) => {
  const read = readPayload(bytes);
  if (isRefusal(read)) throw new Error(read.detail);
  return read;
};
const say = (session: NodeSession, type: MessageType, metrics: WrittenMetric[], seq?: number, device = 'd') => {
  const about = type.startsWith('D') ? { ...node, type, device } : { ...node, type };
  const { meaning, metrics: known, refused, rebirth } = session.take(about, payload(metrics, seq));
  const names = known.map(({ declared }) => declared.name);
  return { meaning, names, refused: refused.map(({ problem }) => problem.type), asks: rebirth !== undefined };
};
const birth = (session: NodeSession, bdSeq = 1) =>
  say(session, 'NBIRTH', [{ name: 'bdSeq', type: 'Int64', value: bdSeq }], 0);
const speed: WrittenMetric = { name: 'Speed', alias: 7n, type: 'Int32', value: 5 };
const bySpeed: WrittenMetric = { alias: 7n, type: 'Int32', value: 6 };

test('a whole life of a node as another encoder wrote it: births, aliases, history, deaths', () => {
  const session = new NodeSession();
  const take = (type: MessageType, bytes: Uint8Array) => {
    const about = type.startsWith('D') ? { ...node, type, device: 'd' } : { ...node, type };
    return session.take(about, goldenPayload(bytes));
  };
  expect(take('NBIRTH', golden.NBIRTH)).toMatchObject({ meaning: 'birth', refused: [] });
  expect(take('DBIRTH', golden.DBIRTH).metrics).toHaveLength(13);
  const data = take('DDATA', golden.DDATA);
  expect(data.rebirth).toBeUndefined();
  const nameOf = (metric: string) => metric.toLowerCase();
  expect(translate(data.metrics, 'x', nameOf, undefined).readings).toEqual([
    { device: 'x', time: 1_486_144_503_022_000, values: { temperature: 22.25 } },
    { device: 'x', time: 1_486_144_503_122_000, values: { count: -6 } },
  ]);
  const past = translate(take('DDATA', golden.historical).metrics, 'x', nameOf, undefined);
  expect(past.readings).toContainEqual({ device: 'x', time: 1_486_144_442_122_000, values: { temperature: 19 } });
  // What was measured before says nothing about now.
  expect(past.told).toEqual([{ metric: 'Energy', value: 7 }]);
  expect(take('DDEATH', golden.DDEATH)).toMatchObject({ meaning: 'death' });
  expect(session.isBorn('d')).toBe(false);
  expect(take('NDEATH', golden.NDEATH)).toMatchObject({ meaning: 'death' });
  expect(session.state).toBe('unborn');
});

test('a missing number puts the node in doubt: aliases count no more, names do, until it is born again', () => {
  const session = new NodeSession();
  birth(session);
  say(session, 'DBIRTH', [speed], 1);
  expect(say(session, 'DDATA', [bySpeed], 2)).toEqual({ meaning: 'data', names: ['Speed'], refused: [], asks: false });
  expect(say(session, 'DDATA', [bySpeed], 4)).toMatchObject({ names: [], refused: ['property-unknown'], asks: true });
  expect(say(session, 'DDATA', [{ ...speed, alias: undefined }], 5)).toMatchObject({ names: ['Speed'], asks: true });
  birth(session);
  expect(say(session, 'DDATA', [bySpeed], 1)).toMatchObject({ meaning: 'stale', asks: true });
  say(session, 'DBIRTH', [speed], 2);
  expect(say(session, 'DDATA', [bySpeed], 3)).toMatchObject({ names: ['Speed'], asks: false });
});

test('numbers go round at 255', () => {
  const session = new NodeSession();
  birth(session);
  say(session, 'DBIRTH', [speed], 1);
  for (let seq = 2; seq < 600; seq++)
    expect(say(session, 'DDATA', [bySpeed], seq % 256), `${seq}`).toMatchObject({ names: ['Speed'], asks: false });
});

test('a death of the session before is no death of this one', () => {
  const session = new NodeSession();
  birth(session, 4);
  const death = (bdSeq: number) => say(session, 'NDEATH', [{ name: 'bdSeq', type: 'Int64', value: bdSeq }]);
  expect(death(3).meaning).toBe('stale');
  expect(session.state).toBe('alive');
  expect(death(4).meaning).toBe('death');
  expect(session.state).toBe('unborn');
});

test('who was never born is asked for its birth, and nothing of it is taken', () => {
  const session = new NodeSession();
  expect(say(session, 'DDATA', [speed], 9)).toEqual({ meaning: 'stale', names: [], refused: [], asks: true });
  expect(say(session, 'NDATA', [speed], 10)).toMatchObject({ meaning: 'stale', asks: true });
});

test('an alias is one metric of the whole node; what was not announced is refused', () => {
  const session = new NodeSession();
  birth(session);
  say(session, 'DBIRTH', [speed], 1);
  const second = say(session, 'DBIRTH', [{ ...speed, name: 'Torque' }], 2, 'e');
  expect(second).toMatchObject({ meaning: 'birth', names: [], refused: ['protocol-violated'] });
  expect(say(session, 'DDATA', [bySpeed], 3, 'e')).toMatchObject({
    names: [],
    refused: ['property-unknown'],
    asks: true,
  });
  const unknown = { name: 'Never said', type: 'Int32' as const, value: 1 };
  expect(say(session, 'DDATA', [unknown], 4)).toMatchObject({ refused: ['property-unknown'], asks: false });
});

test('a value of bad quality is refused by itself', () => {
  const metric = (quality: number): Metric => ({
    ...{ name: 'a', isHistorical: false, isNull: false, properties: { quality } },
    raw: payload([speed]).metrics[0]?.raw,
  });
  const known = (quality: number) => ({
    declared: { name: 'a', type: 'Int32' as const, properties: {} },
    metric: metric(quality),
  });
  const told = translate([known(192), known(0)], 'x', (name) => name, 5);
  expect(told.readings).toEqual([{ device: 'x', time: 5_000, values: { a: 5 } }]);
  expect(told.refused.map(({ detail }) => detail)).toEqual(['quality bad']);
});

test('topics are of nodes or of devices, and nothing between', () => {
  expect(messageTypes.map((type) => readTopic(`spBv1.0/g/${type}/n`) !== undefined)).toEqual([
    ...[true, true, false, false, true, false, true, false],
  ]);
  expect(readTopic('spBv1.0/g/DDATA/n/d')).toEqual({ group: 'g', type: 'DDATA', node: 'n', device: 'd' });
  for (const topic of ['spBv1.0/STATE/host', 'spAv1.0/g/NDATA/n', 'spBv1.0/g/DDATA/n/', 'spBv1.0/g/DDATA/n/d/e', ''])
    expect(readTopic(topic), topic).toBeUndefined();
});

test('who is always in doubt is asked ever more rarely', () => {
  const rebirths = new Rebirths(1_000);
  let asked = 0;
  for (let now = 0; now < 600_000; now += 100) if (rebirths.wait('n', now) === 0) asked++;
  expect(asked).toBeGreaterThan(8);
  expect(asked).toBeLessThan(20);
  expect(rebirths.wait('other', 600_000)).toBe(0);
  expect(rebirths.wait('other', 600_400)).toBe(600);
  expect(rebirths.wait('n', 10_000_000)).toBe(0);
});
