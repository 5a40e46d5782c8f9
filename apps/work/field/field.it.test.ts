import type { Actor } from '@keystead/contracts/access';
import { clause } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type FieldBench, hashOf, pictureOf, startBench } from './testing/bench.ts';
import { SoftwarePhone } from './testing/phone.ts';

let bench: FieldBench;
let wang: Actor;
let li: Actor;

beforeAll(async () => {
  bench = await startBench();
  wang = await bench.inspector('王检');
  li = await bench.inspector('李检');
});
afterAll(() => bench?.platform.stop());

const now = () => bench.platform.clock.now();
const ago = (seconds: number) => new Date(now().getTime() - seconds * 1000);
const outcomes = ({ body }: { body: { items: { outcome: string }[] } }) => body.items.map(({ outcome }) => outcome);

describe('a round without a network', () => {
  test(
    clause('H-9.2.3-b', 'comes in whole afterwards: each entry once, in its order, with time, place and photo'),
    async () => {
      const round = await bench.round(wang);
      bench.platform.clock.pass(900);
      const { body: day } = await bench.ask(wang, 'GET', '/field/tasks');
      const task = day.tasks.find((each: { id: string }) => each.id === round.case);
      expect(task).toMatchObject({ trail: ['安居小区'], round: { id: round.id, read: [] }, open: false });
      expect(task.items).toMatchObject([{ text: '现场到达并拍照', done: false }]);
      const phone = await bench.phone(wang);
      const photo = pictureOf(1);
      const said = [
        phone.say(round.case, ago(600), { kind: 'start' }),
        phone.say(round.case, ago(590), { kind: 'photo', photo: hashOf(photo), note: '到达' }),
        phone.say(round.case, ago(580), { kind: 'tick', item: task.items[0].id }),
        phone.say(round.case, ago(500), { kind: 'read', round: round.id, point: 1, passed: true }),
        phone.say(round.case, ago(400), { kind: 'read', round: round.id, point: 2, value: 1.2, photo: hashOf(photo) }),
        phone.say(round.case, ago(300), { kind: 'finish', note: '正常' }),
      ];
      const early = await bench.send(wang, phone, said);
      expect(early).toMatchObject({ status: 409, body: { type: 'field-photo-awaited' } });
      expect(await bench.photo(wang, round.case, photo)).toMatchObject({ status: 200 });
      const first = await bench.send(wang, phone, said);
      expect(outcomes(first)).toEqual(Array(6).fill('done'));
      // The answer was lost on the way: the phone sends everything again.
      expect(await bench.send(wang, phone, said)).toEqual(first);
      const file = await bench.cases.get(bench.clerk, round.case);
      expect(file.row.state).toBe('done');
      expect(file.evidence).toMatchObject([{ sha256: hashOf(photo), longitude: 117.2, device: phone.id }]);
      const { readings } = await bench.plans.round(bench.clerk, round.id);
      expect(readings.map(({ point, takenAt }) => [point, takenAt])).toEqual([
        [1, ago(500)],
        [2, ago(400)],
      ]);
      const { body: seen } = await bench.ask(bench.clerk, 'GET', `/field/cases/${round.case}/entries`);
      expect(seen.items).toHaveLength(6);
      expect(seen.items[4]).toMatchObject({ actorName: 'Tester', marks: [], place: { longitude: 117.2 } });
      expect(seen.chains).toMatchObject([{ device: phone.id, entries: 6, broken: [] }]);
    },
  );

  test('half a photo is refused, and the whole one is kept once however often it is sent', async () => {
    const work = await bench.work('repair', wang);
    const photo = pictureOf(2);
    const half = await bench.photo(wang, work, photo.subarray(0, 60), hashOf(photo));
    expect(half).toMatchObject({ status: 422, body: { type: 'field-photo-broken' } });
    const both = await Promise.all([bench.photo(wang, work, photo), bench.photo(wang, work, photo)]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(both[0].body).toEqual(both[1].body);
    const { rows } = await bench.platform.owner.query('select 1 from records.record where subject = $1', [
      `case:${work}`,
    ]);
    expect(rows).toHaveLength(1);
  });

  test('work that was given to another meanwhile is told plainly, kept, and not written into the case', async () => {
    const work = await bench.work('repair', wang);
    const phone = await bench.phone(wang);
    const said = [
      phone.say(work, ago(60), { kind: 'start' }),
      phone.say(work, ago(50), { kind: 'note', text: '已到现场' }),
    ];
    await bench.cases.take(bench.clerk, work, 'assign', { assignee: li.id });
    const { body } = await bench.send(wang, phone, said);
    expect(body.items.map((each: { outcome: string }) => each.outcome)).toEqual(['refused', 'refused']);
    expect(body.items[0].refusal).toMatchObject({ type: 'field-task-elsewhere' });
    expect(body.items[0].refusal.title).toContain('李检');
    expect((await bench.cases.get(bench.clerk, work)).comments).toEqual([]);
    expect((await bench.photo(wang, work, pictureOf(3))).status).toBe(409);
    const { body: day } = await bench.ask(wang, 'GET', '/field/tasks');
    expect(day.tasks.map((each: { id: string }) => each.id)).not.toContain(work);
    // The chain went on all the same.
    const mine = await bench.work('repair', wang);
    expect(outcomes(await bench.send(wang, phone, [phone.say(mine, ago(1), { kind: 'start' })]))).toEqual(['done']);
  });
});

describe('the chain of a phone', () => {
  test(
    clause('H-9.2.3-b', 'takes no entry out of order, of another chain, changed, or signed by another'),
    async () => {
      const work = await bench.work('repair', wang);
      const phone = await bench.phone(wang);
      const [one, two, three] = [1, 2, 3].map((at) =>
        phone.say(work, ago(10 - at), { kind: 'note', text: `第 ${at} 句` }),
      );
      if (!one || !two || !three) throw new Error('a phone says three things');
      expect((await bench.send(wang, phone, [two])).body.type).toBe('field-chain-broken');
      expect((await bench.send(wang, phone, [one, three])).body).toMatchObject({
        type: 'field-chain-broken',
        last: { number: 1 },
      });
      const changed = { ...two, text: two.text.replace('第 2 句', '别的话') };
      expect((await bench.send(wang, phone, [changed])).body.type).toBe('field-signature-wrong');
      const other = new SoftwarePhone().signed(two.text);
      expect((await bench.send(wang, phone, [other])).body.type).toBe('field-signature-wrong');
      expect(outcomes(await bench.send(wang, phone, [two, three]))).toEqual(['done', 'done']);
      const retold = phone.signed(one.text.replace('第 1 句', '改口'));
      expect((await bench.send(wang, phone, [retold])).body.type).toBe('field-chain-broken');
    },
  );

  test(clause('H-9.2.3-b', 'an entry changed in the database shows, and the table refuses the change'), async () => {
    const work = await bench.work('repair', wang);
    const phone = await bench.phone(wang);
    const said = ['甲', '乙', '丙'].map((text) => phone.say(work, ago(9), { kind: 'note', text }));
    await bench.send(wang, phone, said);
    const { owner } = bench.platform;
    const change = (set: string) =>
      owner.query(`update field.entry set ${set} where device = $1 and number = 2`, [phone.id]);
    await expect(change(`said_at = said_at - interval '1 day'`)).rejects.toThrow(
      'entries of the field are not changed',
    );
    await owner.query('alter table field.entry disable trigger keep_entry');
    await change(`text = replace(text, '乙', '丁')`);
    await owner.query('alter table field.entry enable trigger keep_entry');
    const { body } = await bench.ask(bench.clerk, 'GET', `/field/cases/${work}/entries`);
    expect(body.chains).toMatchObject([{ broken: [2] }]);
  });

  test('odd clocks and late entries are marked, and refuse nothing', async () => {
    const round = await bench.round(wang);
    const phone = await bench.phone(wang);
    const read = (point: number) => ({ kind: 'read', round: round.id, point, passed: true }) as const;
    const said = [
      phone.say(round.case, ago(5 * 3600), { kind: 'start' }),
      phone.say(round.case, new Date(now().getTime() + 86_400_000), read(1)),
      phone.say(round.case, ago(60), { kind: 'note', text: '时钟已改回' }),
    ];
    bench.platform.clock.pass(60);
    const { body } = await bench.send(wang, phone, said);
    expect(body.items.map(({ marks, outcome }: { marks: string[]; outcome: string }) => [outcome, marks])).toEqual([
      ['done', ['late', 'before-task']],
      ['done', ['clock-ahead']],
      ['done', ['clock-back']],
    ]);
    const { readings } = await bench.plans.round(bench.clerk, round.id);
    expect(readings).toMatchObject([{ point: 1, takenAt: null }]);
  });

  test('belongs to one person: nobody registers or speaks for the phone of another', async () => {
    const phone = await bench.phone(wang);
    const work = await bench.work('repair', li);
    const taken = await bench.ask(li, 'PUT', `/field/devices/${phone.id}`, { name: '别人的', key: phone.key });
    expect(taken).toMatchObject({ status: 409, body: { type: 'field-device-taken' } });
    const said = [phone.say(work, ago(5), { kind: 'start' })];
    expect((await bench.send(li, phone, said)).body.type).toBe('field-device-missing');
    const { body } = await bench.send(wang, phone, said);
    expect(body.items).toMatchObject([{ outcome: 'refused', refusal: { type: 'field-task-elsewhere' } }]);
    const stranger = bench.platform.actorAt(['elsewhere/'], 'case:read', 'case:handle');
    expect((await bench.ask(stranger, 'GET', `/field/cases/${work}/entries`)).status).toBe(404);
    expect((await bench.ask(stranger, 'GET', '/field/tasks')).body.tasks).toEqual([]);
  });
});

describe('a repair', () => {
  test('the code on the spot shows who stood there, and a strange code does not', async () => {
    const { project } = bench;
    const subjects = [{ kind: 'place', id: project.id, label: project.name }];
    const work = await bench.work('repair', wang, { subjects });
    const phone = await bench.phone(wang);
    const { body } = await bench.send(wang, phone, [
      phone.say(work, ago(9), { kind: 'scan', code: 'P1' }),
      phone.say(work, ago(8), { kind: 'scan', code: 'P2' }),
    ]);
    expect(body.items).toMatchObject([{ outcome: 'done' }, { refusal: { type: 'field-code-strange' } }]);
    expect((await bench.cases.get(bench.clerk, work)).comments).toMatchObject([{ text: '扫码到场：P1' }]);
  });

  test('is signed on the screen when it is done, and a maintenance says what was found and decided', async () => {
    const work = await bench.work('maintenance', wang);
    const phone = await bench.phone(wang);
    const drawn = pictureOf(9);
    await bench.photo(wang, work, drawn);
    bench.platform.clock.pass(120);
    const finish = { kind: 'finish', note: '清洁滤网', signature: hashOf(drawn) } as const;
    const { body } = await bench.send(wang, phone, [
      phone.say(work, ago(60), { kind: 'start' }),
      phone.say(work, ago(30), finish),
      phone.say(work, ago(20), { ...finish, problems: '无', actions: '试运行正常' }),
    ]);
    expect(body.items).toMatchObject([
      { outcome: 'done' },
      { refusal: { type: 'input-invalid' } },
      { outcome: 'done' },
    ]);
    const file = await bench.cases.get(bench.clerk, work);
    expect(file).toMatchObject({ row: { state: 'done' }, evidence: [{ kind: 'signature', sha256: hashOf(drawn) }] });
  });

  test('uses up parts of the stock, and not more than there are', async () => {
    const part = await bench.things.parts.add(bench.clerk, {
      ...{ code: 'SEAL-15', name: '密封圈', unit: '个', stock: 3, lowMark: 1 },
    });
    const work = await bench.work('repair', wang);
    const phone = await bench.phone(wang);
    const { body } = await bench.send(wang, phone, [
      phone.say(work, ago(9), { kind: 'start' }),
      phone.say(work, ago(8), { kind: 'part', part: part.id, quantity: 2 }),
      phone.say(work, ago(7), { kind: 'part', part: part.id, quantity: 2 }),
    ]);
    expect(body.items.map((each: { outcome: string }) => each.outcome)).toEqual(['done', 'done', 'refused']);
    expect(body.items[2].refusal.type).toBe('part-out-of-stock');
    expect((await bench.cases.get(bench.clerk, work)).costs).toMatchObject([
      { text: '密封圈', part: 'SEAL-15', quantity: 2 },
    ]);
    expect(await bench.things.parts.list(bench.clerk)).toMatchObject([{ code: 'SEAL-15', stock: 1 }]);
  });
});
