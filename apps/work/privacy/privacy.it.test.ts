import { type CasesService, cases } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import { type PartiesService, parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { privacy as module, type PrivacyService } from './index.ts';

let platform: TestPlatform;
let privacy: PrivacyService;
let registry: PartiesService;
let officer: Actor;
let person: string;
let account: Actor;

beforeAll(async () => {
  platform = await startPlatform(places, parties, cases, module);
  privacy = platform.services.privacy as PrivacyService;
  registry = platform.services.parties as PartiesService;
  officer = platform.actor('privacy:read', 'privacy:handle', 'party:read', 'party:write', 'party:reveal', 'case:read');
  account = platform.actor('own-data:use');
  const fields = [{ field: 'phone' as const, value: '13800138000' }];
  person = (await registry.add(officer, { kind: 'person', name: '张三', account: account.id, fields })).id;
});
afterAll(() => platform?.stop());

const http = async (actor: Actor, url: string, payload?: object) => {
  const headers = { authorization: `Test ${actor.id}` };
  const reply = await platform.http.app.inject({
    method: payload ? 'POST' : 'GET',
    url: `/api/v1${url}`,
    headers,
    ...(payload && { payload }),
  });
  return { status: reply.statusCode, body: reply.json() };
};
const phone = async () => (await registry.reveal(officer, person, ['phone'], '核对'))[0]?.value;

test(
  clause('H-11.3-f-1', 'seeing, correcting and deleting run from the asking to the answer, each with its deadline'),
  async () => {
    const asked = await http(account, '/own-privacy-requests', { kind: 'see', note: '想看看' });
    expect([asked.status, asked.body.state, asked.body.dueAt]).toEqual([201, 'open', '2026-07-01T01:00:00.000Z']);
    const [wrong, right] = [
      await http(account, '/own-privacy-requests', { kind: 'correct', note: '换号了' }),
      await http(account, '/own-privacy-requests', {
        kind: 'correct',
        note: '换号了',
        fields: [{ field: 'phone', value: '13900139000' }],
      }),
    ];
    expect([wrong.status, right.status]).toEqual([422, 201]);
    expect((await http(account, '/own-privacy-requests', { kind: 'see', note: '再看' })).status).toBe(409);

    // The case keeps the same deadline, and the list says who is late.
    const work = platform.services.cases as CasesService;
    const { clocks } = await work.get(officer, asked.body.caseId);
    expect(clocks.find(({ name }) => name === 'resolution')?.target).toBe(30 * 86_400);
    expect((await http(officer, '/privacy-requests?overdue=true')).body.items).toEqual([]);
    platform.clock.pass(31 * 86_400);
    expect((await http(officer, '/privacy-requests?overdue=true')).body.items).toHaveLength(2);
    platform.clock.set('2026-06-02T01:00:00Z');

    expect((await http(account, `/own-privacy-requests/${asked.body.id}/copy`)).status).toBe(404);
    const seen = await http(officer, `/privacy-requests/${asked.body.id}/decision`, {
      granted: true,
      answer: '请下载副本',
    });
    expect(seen.body).toMatchObject({ state: 'granted', outcome: 'copied' });
    const copy = (await http(account, `/own-privacy-requests/${asked.body.id}/copy`)).body;
    expect(copy).toMatchObject({ name: '张三', values: [{ field: 'phone', value: '13800138000' }] });
    const stranger = platform.actor('own-data:use');
    await registry.add(officer, { kind: 'person', name: '旁人', account: stranger.id });
    expect((await http(stranger, `/own-privacy-requests/${asked.body.id}/copy`)).status).toBe(404);

    expect(await phone()).toBe('13800138000');
    await http(officer, `/privacy-requests/${right.body.id}/decision`, { granted: true, answer: '已更正' });
    expect(await phone()).toBe('13900139000');

    const gone = await http(account, '/own-privacy-requests', { kind: 'delete', note: '不再申请' });
    const deleted = await http(officer, `/privacy-requests/${gone.body.id}/decision`, {
      granted: true,
      answer: '已注销',
    });
    expect(deleted.body).toMatchObject({ state: 'granted', outcome: 'erased' });
    expect(await registry.get(officer, person)).toMatchObject({ state: 'erased', fields: [], account: null });
    for (const { caseId } of (await privacy.list(officer, { limit: 10 })).items)
      expect((await work.get(officer, caseId)).row.state).toBe('closed');
  },
);

test('data a law still keeps is locked away until then; a refusal says why and changes nothing', async () => {
  const other = platform.actor('own-data:use');
  const fields = [{ field: 'phone' as const, value: '13700137000' }];
  const { id } = await registry.add(officer, { kind: 'person', name: '李四', account: other.id, fields });
  const until = new Date('2031-06-02T01:00:00Z');
  registry.retain('test', async (_tx, _organisation, party) => (party === id ? until : undefined));
  const correct = await privacy.ask(other, {
    kind: 'correct',
    note: '改',
    fields: [{ field: 'phone', value: '13600136000' }],
  });
  expect((await privacy.decide(officer, correct.id, false, '材料不足')).answer).toBe('材料不足');
  expect((await registry.reveal(officer, id, ['phone'], '核对'))[0]?.value).toBe('13700137000');
  const { id: gone } = await privacy.ask(other, { kind: 'delete', note: '注销' });
  await expect(privacy.decide({ ...officer, id: other.id }, gone, true, '自批')).rejects.toThrow('own-rights-request');
  expect(await privacy.decide(officer, gone, true, '依法保存至届满')).toMatchObject({
    outcome: 'restricted',
    keptUntil: until,
  });
  await expect(registry.reveal(officer, id, ['phone'], '看看')).rejects.toThrow('party-at-rest');
});

test(
  clause('H-11.3-f-2', 'what was asked and who looked stays with the person who moved to another place'),
  async () => {
    const mover = platform.actor('own-data:use');
    const fields = [{ field: 'phone' as const, value: '13700137000' }];
    const { id } = await registry.add(officer, { kind: 'person', name: '李四', account: mover.id, fields });
    await registry.reveal(officer, id, ['phone'], '回访');
    const asked = await http(mover, '/own-privacy-requests', { kind: 'see', note: '想看看' });
    expect(asked.status).toBe(201);
    await platform.db.systemTransaction((tx) => registry.placeAt(tx, officer, id, 'zzelsewhere/'));
    expect((await http(mover, '/own-privacy-requests')).body).toMatchObject([{ kind: 'see', state: 'open' }]);
    expect(await registry.own.looks(mover, 10)).toMatchObject([{ reason: '回访' }]);
  },
);
