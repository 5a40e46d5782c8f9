import type { Actor } from '@keystead/contracts/access';
import { places } from '@keystead/data/places';
import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { terminalClasses } from './models/shipped.ts';
import { things } from './module.ts';
import type { ModelDraft } from './schemas.ts';
import type { ThingsService } from './setup.ts';

let platform: TestPlatform;
let service: ThingsService;
let keeper: Actor;

beforeAll(async () => {
  platform = await startPlatform(places, things);
  service = platform.services.things as ThingsService;
  keeper = platform.actor('thing:read', 'thing:write', 'thing:credential', 'model:read', 'model:write');
});
afterAll(() => platform.stop());

const named = { zh: '水位', en: 'Level' };
const level = {
  id: 'level',
  name: named,
  type: 'number',
  unit: 'm',
  access: 'r',
  transferLevel: 2,
  storeLevel: 2,
} as const;
const draft = (more: Partial<ModelDraft> = {}): ModelDraft => ({
  family: 'level-sensor',
  name: named,
  category: { function: 'level', domain: 'housing', specification: 'ultrasonic' },
  authentication: 'secret',
  interval: 60,
  grace: 30,
  properties: [level],
  events: [],
  services: [],
  ...more,
});
const call = (method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
  platform.http.app.inject({
    method,
    url: `/api/v1/models${url}`,
    headers: { authorization: `Test ${keeper.id}` },
    ...(payload ? { payload } : {}),
  });

describe('models', () => {
  test(clause('H-8.2-0', 'a stream without its transfer level is refused, with a pointer to it'), async () => {
    const { transferLevel: _, ...unlabelled } = level;
    const answer = await call('POST', '', draft({ properties: [level, unlabelled as never] }));
    expect(answer.statusCode).toBe(400);
    expect(answer.json().errors.map((error: { pointer: string }) => error.pointer)).toEqual([
      '/properties/1/transferLevel',
    ]);
    const wrong = await call(
      'POST',
      '',
      draft({ events: [{ id: 'e', name: named, transferLevel: 4 as never, storeLevel: 2 }] }),
    );
    expect(wrong.statusCode).toBe(400);
    expect((await call('GET', '/level-sensor')).statusCode).toBe(404);
  });

  test('a version never changes: the next one stands beside it and keeps the keys', async () => {
    const first = (await call('POST', '', draft())).json();
    expect([first.version, first.properties[0].key]).toEqual([1, 1]);
    const more = { ...level, id: 'flow', unit: 'm3/h' };
    const second = (await call('POST', '', draft({ properties: [more, level] }))).json();
    expect(second.version).toBe(2);
    expect(second.properties.map((each: { id: string; key: number }) => [each.id, each.key])).toEqual([
      ['flow', 2],
      ['level', 1],
    ]);
    const versions = (await call('GET', '/level-sensor')).json();
    expect(versions.map((each: { version: number }) => each.version)).toEqual([2, 1]);
    expect(versions[1]).toEqual(first);
    const { id, number } = await service.create(keeper, {
      code: 'LV',
      name: '水位',
      family: 'level-sensor',
      modelVersion: 1,
    });
    expect((await service.byNumber(number)).model.properties).toHaveLength(1);
    await service.update(keeper, id, { modelVersion: 2 });
    expect((await service.byNumber(number)).model.properties).toHaveLength(2);
  });

  test('two who publish at once get versions of their own', async () => {
    const both = await Promise.all([1, 2].map(() => service.models.publish(keeper, draft({ family: 'raced' }))));
    expect(both.map((model) => model.version).sort()).toEqual([1, 2]);
  });

  test('a shipped family is not overwritten, and an unknown unit is named', async () => {
    expect((await call('POST', '', draft({ family: 'lock' }))).json().type).toBe('model-family-reserved');
    const answer = await call('POST', '', draft({ family: 'odd', properties: [{ ...level, unit: 'furlong' }] }));
    expect(answer.json().errors).toMatchObject([{ pointer: '/properties/0/unit', code: 'unknown-unit' }]);
  });

  test(
    clause('H-5-4', 'a unit of each of the six terminal classes is registered, known by its credential and heard'),
    async () => {
      const admitted: string[] = [];
      const gateway = await service.create(keeper, { code: 'T-gateway', name: '家庭网关', family: 'home-gateway' });
      for (const [kind, families] of Object.entries(terminalClasses)) {
        for (const family of families) {
          const { id, number } = await service.create(keeper, { code: `T-${kind}-${family}`, name: family, family });
          const { model } = await service.byNumber(number);
          let answer: Awaited<ReturnType<typeof service.admission.admit>>;
          if (model.authentication === 'gateway') {
            await service.relations.relate(keeper, gateway.id, 'contains', id);
            answer = await service.admission.child({ thing: gateway.number }, `T-${kind}-${family}`);
          } else {
            const { value } = await service.credentials.issue(keeper, id, { kind: 'token' });
            answer = await service.admission.admit({ kind: 'token', token: value ?? '' }, '');
          }
          if ('problem' in answer) throw new Error(`${family}: ${answer.problem.type}`);
          service.contact.heard([{ thing: number, time: platform.clock.now().getTime() * 1000 }]);
          await service.contact.flush();
          if ((await service.get(keeper, id)).online === 'online') admitted.push(kind);
        }
      }
      expect([...new Set(admitted)].sort()).toEqual(Object.keys(terminalClasses).sort());
    },
  );
});

describe('names', () => {
  test(clause('I-5.2.1-a-2', 'of a hundred names the ten that break their rule are found'), async () => {
    expect(
      (await call('PUT', '/naming', { family: 'motor', pattern: '{nonsense}', explanation: '' })).json().type,
    ).toBe('naming-rule-invalid');
    const rule = { family: 'motor', pattern: '{text}驱动电机{n}号', explanation: '用途 + 驱动电机 + 序号' };
    expect((await call('PUT', '/naming', rule)).statusCode).toBe(204);
    const rows = Array.from({ length: 100 }, (_, at) => ({
      code: `MT-${at}`,
      name: at % 10 === 3 ? `M${at}` : `冷却水泵驱动电机${at}号`,
      family: 'motor',
    }));
    await service.importRows(keeper, rows);
    const report = (await call('GET', '/naming/breaches')).json();
    const broken = report.breaches.filter((each: { family: string }) => each.family === 'motor');
    expect(broken.map((each: { code: string }) => each.code)).toEqual(
      [3, 13, 23, 33, 43, 53, 63, 73, 83, 93].map((at) => `MT-${at}`).sort(),
    );
  });
});
