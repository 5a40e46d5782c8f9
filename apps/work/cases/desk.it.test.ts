import type { Actor } from '@keystead/contracts/access';
import { caseClockPassed } from '@keystead/contracts/events/cases';
import type { EventEnvelope } from '@keystead/contracts/events/define';
import { newId } from '@keystead/contracts/ids';
import { type PlacesService, places } from '@keystead/data/places';
import { defineModule } from '@keystead/kernel/module';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CasesService } from './cases.ts';
import { installCases } from './module.ts';

const cases = defineModule({
  name: 'cases',
  needs: { places },
  files: import.meta.dirname,
  setup: (kernel, { places }) => installCases(kernel, { places }),
});

let platform: TestPlatform;
let desk: CasesService;
let dispatcher: Actor;
let worker: Actor;
let resident: Actor;
const passed: EventEnvelope[] = [];

beforeAll(async () => {
  platform = await startPlatform(cases);
  desk = platform.services.cases as CasesService;
  dispatcher = platform.actor('case:read', 'case:write', 'case:assign', 'system:write');
  worker = platform.actor('case:read', 'case:handle');
  resident = platform.actor('case:read', 'case:write');
  platform.kernel.bus.on(caseClockPassed, 'test.hear-clocks', async (event) => void passed.push(event));
});
afterAll(() => platform.stop());

const call = (actor: Actor, method: 'GET' | 'POST' | 'PATCH' | 'PUT', url: string, payload?: object, headers = {}) =>
  platform.http.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { authorization: `Test ${actor.id}`, ...headers },
    ...(payload ? { payload } : {}),
  });

async function step(actor: Actor, id: string, path: string, body: object = {}) {
  const answer = await call(actor, 'POST', `/cases/${id}/${path}`, body);
  if (answer.statusCode !== 200) throw new Error(answer.body);
  return answer.json();
}

async function repair(title = '厨房漏水', more: object = {}) {
  const answer = await call(resident, 'POST', '/cases', { kind: 'repair', title, ...more });
  expect(answer.statusCode).toBe(201);
  return answer.json();
}

async function runJob(name: string): Promise<void> {
  const job = platform.kernel.jobs.known.find((each) => each.name === name);
  if (!job) throw new Error(name);
  await platform.kernel.jobs.runNow(job, {});
  await platform.drain();
}

describe('a repair over HTTP', () => {
  test(
    clause('H-9.5.1-c-2', 'opened, accepted, done, confirmed, closed: five steps, each with who, when and why'),
    async () => {
      const made = await repair();
      expect(made.code).toMatch(/^WO-20260601-\d{4}$/);
      const { id } = made;
      platform.clock.pass(60);
      await step(dispatcher, id, 'assignment', { assignee: worker.id });
      await step(worker, id, 'acceptance');
      platform.clock.pass(60);
      await step(worker, id, 'start');
      const early = await call(worker, 'POST', `/cases/${id}/completion`, { note: '已修好' });
      expect(early.statusCode).toBe(422);
      expect(early.json()).toMatchObject({ type: 'case-step-incomplete', errors: [{ pointer: '/evidence' }] });
      await call(resident, 'POST', `/cases/${id}/evidence`, { record: newId(), kind: 'photo' });
      platform.clock.pass(60);
      await step(worker, id, 'completion', { note: '已更换软管' });
      platform.clock.pass(60);
      await step(resident, id, 'confirmation');
      await call(resident, 'PUT', `/cases/${id}/rating`, { rating: 5, note: '很快' });
      platform.clock.pass(60);
      const end = await step(dispatcher, id, 'closure');
      expect(end).toMatchObject({ state: 'closed', rating: 5, outcome: '已更换软管', steps: ['reopen'] });
      const marks = end.history.map(({ to, at, actorName }: Record<string, string>) => [to, at, actorName]);
      expect(marks.map(([to]: string[]) => to)).toEqual([
        'new',
        'assigned',
        'accepted',
        'in-progress',
        'done',
        'confirmed',
        'closed',
      ]);
      for (const [, at, name] of marks) expect([at, name]).toEqual([expect.stringMatching(/^2026-06-01T/), 'Tester']);
      const lines = await platform.owner.query(`select action from audit.line where subject = $1 order by at`, [
        `case:${id}`,
      ]);
      expect(new Set(lines.rows.map((row) => row.action))).toEqual(
        new Set(
          'case.open case.assign case.accept case.start case.add-evidence case.finish case.confirm case.rate case.close'.split(
            ' ',
          ),
        ),
      );
    },
  );

  test('numbers are unique in an organisation even when many open at once', async () => {
    const made = await Promise.all(Array.from({ length: 12 }, () => repair()));
    expect(new Set(made.map((each) => each.code)).size).toBe(12);
  });

  test('a step on a version that is no longer the present one is refused', async () => {
    const { id, version } = await repair();
    await step(dispatcher, id, 'triage', { impact: 1, urgency: 1 });
    const late = await call(dispatcher, 'POST', `/cases/${id}/assignment`, { team: '水电班' }, { 'if-match': version });
    expect(late.json()).toMatchObject({ status: 412, type: 'edit-conflict' });
    const blind = await call(resident, 'PATCH', `/cases/${id}`, { title: '改' });
    expect(blind.statusCode).toBe(412);
  });

  test('someone else may neither do the work nor judge it', async () => {
    const { id } = await repair();
    await step(dispatcher, id, 'assignment', { assignee: worker.id });
    const stranger = platform.actor('case:read', 'case:handle', 'case:write');
    expect((await call(stranger, 'POST', `/cases/${id}/start`, {})).statusCode).toBe(403);
    await step(worker, id, 'start');
    await call(dispatcher, 'POST', `/cases/${id}/evidence`, { record: newId(), kind: 'photo' });
    await step(worker, id, 'completion', { note: '好了' });
    expect((await call(stranger, 'POST', `/cases/${id}/confirmation`, {})).statusCode).toBe(403);
    expect((await step(resident, id, 'rejection', { reason: '还在漏' })).state).toBe('reopened');
  });

  test('what a person without the place may see ends at his subtree', async () => {
    const places = platform.services.places as PlacesService;
    const keeper = platform.actor('place:read', 'place:write');
    const site = await places.create(keeper, { kind: 'site', code: 'A', name: '甲园', parent: null });
    const other = await places.create(keeper, { kind: 'site', code: 'B', name: '乙园', parent: null });
    const { id } = await repair('甲园灯坏', { placeId: site.id });
    const [near, far] = [platform.actorAt([site.path], 'case:read'), platform.actorAt([other.path], 'case:read')];
    expect((await call(near, 'GET', `/cases/${id}`)).statusCode).toBe(200);
    expect((await call(far, 'GET', `/cases/${id}`)).json()).toMatchObject({ status: 404, type: 'case-missing' });
    expect((await desk.list(far, {}, { limit: 50 })).items).toEqual([]);
    const guest = platform.actorAt([other.path], 'case:write', 'case:read');
    const open = async (placeId?: string) =>
      (await call(guest, 'POST', '/cases', { kind: 'repair', title: 'x', placeId })).statusCode;
    expect([await open(site.id), await open(), await open(other.id)]).toEqual([404, 403, 201]);
  });

  test('internal words stay among those who work on cases', async () => {
    const { id } = await repair();
    await call(resident, 'POST', `/cases/${id}/comments`, { text: '请下午来' });
    const refused = await call(resident, 'POST', `/cases/${id}/comments`, { text: 'x', internal: true });
    expect(refused.statusCode).toBe(403);
    const reader = platform.actor('case:read');
    expect((await call(reader, 'POST', `/cases/${id}/comments`, { text: 'x' })).statusCode).toBe(403);
    expect((await call(worker, 'POST', `/cases/${id}/evidence`, { record: newId(), kind: 'photo' })).statusCode).toBe(
      201,
    );
    await desk.comment(dispatcher, id, '住户难缠', true);
    const seen = async (actor: Actor) => (await call(actor, 'GET', `/cases/${id}`)).json().comments.length;
    expect([await seen(resident), await seen(worker)]).toEqual([1, 2]);
  });

  test('cost is the sum of its lines in minor units', async () => {
    const { id } = await repair();
    await call(worker, 'POST', `/cases/${id}/costs`, { kind: 'part', text: '软管', quantity: 1.5, unitPrice: 1999 });
    const answer = await call(worker, 'POST', `/cases/${id}/costs`, {
      kind: 'labour',
      text: '人工',
      quantity: 1,
      unitPrice: 5000,
      minutes: 45,
    });
    expect(answer.json().cost).toBe(2999 + 5000);
  });
});

describe('clocks', () => {
  test('warn at four fifths and breach at the whole, each said once, and not while waiting for parts', async () => {
    platform.clock.set('2026-06-02T01:00:00Z'); // Tuesday 09:00
    const { id } = await repair('停电', { impact: 1, urgency: 1 }); // 30 min to respond, 24 h to resolve
    await step(dispatcher, id, 'assignment', { assignee: worker.id });
    const marks = () => passed.map((event) => event.payload as { id: string }).filter((each) => each.id === id);
    platform.clock.pass(23 * 60);
    await runJob('cases.pass-clocks');
    expect(marks()).toEqual([]);
    platform.clock.pass(60);
    await runJob('cases.pass-clocks');
    await runJob('cases.pass-clocks');
    expect(marks()).toMatchObject([{ id, clock: 'response', mark: 'warning' }]);
    await step(worker, id, 'start');
    await step(worker, id, 'wait', { waitingFor: 'parts' });
    platform.clock.pass(10 * 86_400);
    await runJob('cases.pass-clocks');
    expect(marks()).toHaveLength(1);
    await step(worker, id, 'resumption');
    platform.clock.pass(24 * 3600 - 24 * 60 - 1);
    await runJob('cases.pass-clocks');
    expect(marks()).toMatchObject([{}, { clock: 'resolution', mark: 'warning' }]);
    platform.clock.pass(1);
    await runJob('cases.pass-clocks');
    expect(marks().at(-1)).toMatchObject({ id, clock: 'resolution', mark: 'breach' });
    const { items } = await desk.list(dispatcher, { overdue: true }, { limit: 50 });
    expect(items.map((each) => each.id)).toContain(id);
  });

  test('a calendar written anew counts from now on; what was used up stays used up', async () => {
    platform.clock.set('2026-06-16T01:00:00Z'); // Tuesday 09:00
    const { id } = await repair('换锁', { impact: 2, urgency: 2 }); // 4 h to respond in office hours
    platform.clock.pass(3600);
    const hours = [{ weekdays: [1, 2, 3, 4, 5], from: '14:00', to: '16:00' }];
    const definition = { zone: 'Asia/Shanghai', hours, holidays: [], workdays: [] };
    expect((await call(dispatcher, 'PUT', '/case-calendars/office', definition)).statusCode).toBe(204);
    const response = (await call(dispatcher, 'GET', `/cases/${id}`)).json().clocks[0];
    expect(response).toMatchObject({ name: 'response', spent: 3600, dueAt: '2026-06-17T07:00:00.000Z' });
  });

  test('an unfit calendar is refused with each of its faults', async () => {
    const definition = {
      zone: 'Mars/Base',
      hours: [{ weekdays: [1], from: '09:00', to: '10:00' }],
      holidays: ['2026-02-30'],
      workdays: [],
    };
    const answer = await call(dispatcher, 'PUT', '/case-calendars/odd', definition);
    expect(answer.json()).toMatchObject({ status: 422, errors: [{ pointer: '/zone' }, { pointer: '/holidays/0' }] });
  });

  test('what nobody objects to within a week is confirmed and closed, with that reason', async () => {
    const { id } = await repair('门锁');
    await step(dispatcher, id, 'assignment', { assignee: worker.id });
    await step(worker, id, 'start');
    await call(resident, 'POST', `/cases/${id}/evidence`, { record: newId(), kind: 'photo' });
    await step(worker, id, 'completion', { note: '好' });
    platform.clock.pass(7 * 86_400 - 1);
    await runJob('cases.take-consent');
    expect((await desk.get(dispatcher, id)).row.state).toBe('done');
    platform.clock.pass(1);
    await runJob('cases.take-consent');
    const file = await desk.get(dispatcher, id);
    expect(file.row.state).toBe('closed');
    expect(file.history.at(-1)).toMatchObject({ actorKind: 'system', reason: expect.stringContaining('视为确认') });
  });
});

describe('asking', () => {
  test(clause('H-9.5.1-c-2', 'the list of open cases by age is right for twenty'), async () => {
    platform.clock.set('2026-07-01T01:00:00Z');
    const subject = { kind: 'thing', id: newId(), label: '表' };
    const ids: string[] = [];
    for (let index = 0; index < 20; index++) {
      const { id } = await repair(`第 ${index} 件`, { subjects: [subject] });
      ids.push(id);
      platform.clock.pass(60 * (index + 1));
    }
    await step(dispatcher, ids[3] ?? '', 'cancellation', { reason: '重复' });
    const now = platform.clock.now().getTime();
    const ages = await desk.openAges(dispatcher, { subject: `thing:${subject.id}` }, 100);
    expect(ages.map((each) => each.id)).toEqual(ids.filter((_id, index) => index !== 3));
    for (const each of ages) expect(each.age).toBe((now - each.openedAt.getTime()) / 1000);
  });

  test('pages follow each other without gap or repetition, and the total is told', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const url = `/cases?limit=7&kind=repair${cursor ? `&cursor=${cursor}` : ''}`;
      const page = (await call(dispatcher, 'GET', url)).json();
      seen.push(...page.items.map((each: { id: string }) => each.id));
      cursor = page.next ?? undefined;
      expect(page.total).toBeGreaterThan(20);
    } while (cursor);
    const { items, total } = await desk.list(dispatcher, { kind: ['repair'] }, { limit: 200 });
    expect(seen).toEqual(items.map((each) => each.id));
    expect(seen).toHaveLength(total);
  });

  test('to-dos tell each person what is his and why', async () => {
    const mine = platform.actor('case:read', 'case:handle');
    const { id } = await repair('我的');
    await step(dispatcher, id, 'assignment', { assignee: mine.id });
    expect((await call(mine, 'GET', '/cases/todos')).json().items).toMatchObject([{ id, because: 'assigned' }]);
    const waiting = (await call(dispatcher, 'GET', '/cases/todos')).json().items;
    expect(new Set(waiting.map((each: { because: string }) => each.because))).toEqual(new Set(['to-dispatch']));
  });

  test('board and figures agree with the list', async () => {
    const board = (await call(dispatcher, 'GET', '/cases/board?kind=repair')).json().items;
    const counted = board.reduce((sum: number, each: { count: number }) => sum + each.count, 0);
    const { total } = await desk.list(dispatcher, { kind: ['repair'] }, { limit: 1 });
    expect(counted).toBe(total);
    const query = 'from=2026-06-01T00:00:00Z&to=2026-08-01T00:00:00Z&kind=repair';
    const [figures] = (await call(dispatcher, 'GET', `/cases/statistics?${query}`)).json().items;
    expect(figures).toMatchObject({ opened: total, cancelled: 1, ratings: 1, meanRating: 5 });
    expect(figures.answeredInTime).toBeLessThanOrEqual(figures.answered);
    expect(figures.meanToDone).toBeGreaterThan(0);
  });

  test('the export reads in a spreadsheet and runs nothing there', async () => {
    await repair('=1+1');
    const answer = await call(dispatcher, 'GET', '/cases/export?text=1%2B1');
    expect(answer.headers['content-type']).toContain('text/csv');
    const [head, line] = answer.body.replace('\uFEFF', '').split('\r\n');
    expect(head).toMatch(/^编号,类型,状态/);
    expect(line).toContain(",新建,3,'=1+1,");
  });

  test('and as XLSX', async () => {
    const answer = await call(dispatcher, 'GET', '/cases/export?format=xlsx');
    expect(answer.headers['content-type']).toContain('spreadsheetml');
    expect(decodeURIComponent(String(answer.headers['content-disposition']))).toContain('工单.xlsx');
    expect(answer.rawPayload.subarray(0, 2).toString()).toBe('PK');
  });

  test('a line in the list says where it lies by name', async () => {
    const service = platform.services.places as PlacesService;
    const place = await service.create(platform.actor('place:read', 'place:write'), {
      kind: 'region',
      code: 'NAMED',
      name: '湖畔',
      parent: null,
    });
    const { id } = await repair('有地点', { placeId: place.id });
    const { items } = (await call(dispatcher, 'GET', '/cases?text=有地点')).json();
    expect(items).toMatchObject([{ id, placeName: '湖畔' }]);
  });
});
