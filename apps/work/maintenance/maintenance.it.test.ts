import type { CasesService } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import type { RecordsService } from '@keystead/data/records';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maintenance } from './module.ts';

const drawn = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
let platform: TestPlatform;
let cases: CasesService;
let clerk: Actor;
let worker: Actor;

beforeAll(async () => {
  platform = await startPlatform(maintenance);
  cases = platform.services.cases as CasesService;
  clerk = platform.actor('case:read', 'case:write', 'case:assign');
  worker = platform.actor('case:read', 'case:handle');
});
afterAll(() => platform.stop());

const pump = { kind: 'thing', id: newId(), label: '生活水泵' };
const open = async () => (await cases.open(clerk, { kind: 'maintenance', title: '水泵保养', subjects: [pump] })).id;

async function signature(caseId: string): Promise<string> {
  const records = platform.services.records as RecordsService;
  const { id } = await platform.db.transaction(worker.scope, (tx) =>
    records.put(tx, worker, {
      ...{ name: 'signature.png', mediaType: 'image/png', content: drawn, subject: `case:${caseId}` },
      ...{ storeLevel: 2, retentionYears: 5, place: '' },
    }),
  );
  return id;
}

async function ask(actor: Actor, method: 'GET' | 'POST', url: string, payload?: object) {
  const answer = await platform.http.app.inject({
    method,
    url: `/api/v1/maintenance-records${url}`,
    headers: { authorization: `Test ${actor.id}` },
    ...(payload ? { payload } : {}),
  });
  return { status: answer.statusCode, body: answer.json() };
}

const words = () => ({
  at: platform.clock.now().toISOString(),
  ...{ content: '更换机械密封，加注润滑油', problems: '轴承有异响', actions: '已更换轴承，试运行 30 分钟正常' },
});

test(
  clause('I-5.2.3-e-3', 'time, content, problems, actions and signature are all asked for, and the signature is kept'),
  async () => {
    const caseId = await open();
    const whole: Record<string, string> = { case: caseId, ...words(), signature: await signature(caseId) };
    for (const field of ['at', 'content', 'problems', 'actions', 'signature']) {
      const { [field]: _left, ...rest } = whole;
      const refused = [await ask(worker, 'POST', '', rest), await ask(worker, 'POST', '', { ...rest, [field]: ' ' })];
      for (const answer of refused)
        expect(answer).toMatchObject({ status: 400, body: { errors: [{ pointer: `/${field}` }] } });
    }
    const made = await ask(worker, 'POST', '', whole);
    expect(made).toMatchObject({
      status: 201,
      body: { holds: true, subject: `thing:${pump.id}`, actorName: 'Tester' },
    });
    expect((await cases.get(clerk, caseId)).evidence).toMatchObject([
      { kind: 'signature', record: whole.signature, sha256: made.body.signatureHash },
    ]);
    expect((await ask(clerk, 'GET', `?subject=thing:${pump.id}`)).body).toMatchObject([
      { id: made.body.id, holds: true },
    ]);
  },
);

test(
  clause('I-5.2.3-e-3', 'a record changed afterwards no longer holds, and the table refuses the change'),
  async () => {
    const caseId = await open();
    await ask(worker, 'POST', '', { case: caseId, ...words(), signature: await signature(caseId) });
    const { owner } = platform;
    const change = () => owner.query(`update maintenance.record set problems = '无' where case_id = $1`, [caseId]);
    await expect(change()).rejects.toThrow('maintenance records are not changed');
    await owner.query('alter table maintenance.record disable trigger keep_record');
    await change();
    await owner.query('alter table maintenance.record enable trigger keep_record');
    expect((await ask(clerk, 'GET', `?case=${caseId}`)).body).toMatchObject([{ problems: '无', holds: false }]);
  },
);

test('a picture of another case, a time to come and a case out of reach are refused', async () => {
  const [mine, other] = [await open(), await open()];
  const foreign = await ask(worker, 'POST', '', { case: mine, ...words(), signature: await signature(other) });
  expect(foreign).toMatchObject({ status: 422, body: { type: 'maintenance-signature-unfit' } });
  const at = new Date(platform.clock.now().getTime() + 3_600_000).toISOString();
  const early = await ask(worker, 'POST', '', { case: mine, ...words(), at, signature: await signature(mine) });
  expect(early).toMatchObject({ status: 422, body: { type: 'maintenance-date-wrong' } });
  const stranger = platform.actorAt(['elsewhere/'], 'case:read', 'case:handle');
  const unseen = await ask(stranger, 'POST', '', { case: mine, ...words(), signature: newId() });
  expect(unseen.status).toBe(404);
});
