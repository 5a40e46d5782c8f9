import { clause, startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { things } from './index.ts';

let platform: TestPlatform;
let service: ReturnType<typeof things.setup>;
beforeAll(async () => {
  platform = await startPlatform(things);
  service = platform.services.things as ReturnType<typeof things.setup>;
});
afterAll(() => platform.stop());

test(
  clause('I-3-1', 'equipment makes the product or it does not: told, changed, found, counted and exported by it'),
  async () => {
    const keeper = platform.actor('thing:read', 'thing:write');
    const make = (code: string, family: string, equipmentClass?: 'production' | 'non-production') =>
      service.create(keeper, { code, name: code, family, ...(equipmentClass ? { equipmentClass } : {}) });
    const press = await make('P-1', 'machine', 'production');
    await make('P-2', 'machine', 'production');
    await make('P-3', 'motor', 'production');
    await make('N-1', 'lift', 'non-production');
    const unsaid = await make('N-2', 'lift');
    expect((await service.get(keeper, press.id)).equipmentClass).toBe('production');
    expect((await service.get(keeper, unsaid.id)).equipmentClass).toBeNull();
    const codes = async (equipmentClass: 'production' | 'non-production') => {
      const page = await service.list(keeper, { equipmentClass, count: true });
      expect(page.total).toBe(page.items.length);
      return page.items.map(({ code }) => code);
    };
    expect([await codes('production'), await codes('non-production')]).toEqual([['P-1', 'P-2', 'P-3'], ['N-1']]);
    const { version } = await service.get(keeper, unsaid.id);
    await service.update(keeper, unsaid.id, { equipmentClass: 'non-production' }, version);
    expect(await codes('non-production')).toEqual(['N-1', 'N-2']);
    const rates = await service.online.rate(keeper, { by: 'class' });
    expect(rates.map(({ key, total }) => [key, total])).toEqual([
      ['non-production', 2],
      ['production', 3],
    ]);
    const { heads, rows } = await service.exportSheet(keeper, { equipmentClass: 'production' });
    const classes: unknown[] = [];
    for await (const row of rows) classes.push(row[heads.indexOf('equipmentClass')]);
    expect(classes).toEqual(['production', 'production', 'production']);
    const wrong = await platform.http.app.inject({
      url: '/api/v1/things?equipmentClass=office',
      headers: { authorization: `Test ${keeper.id}` },
    });
    expect(wrong.statusCode).toBe(400);
  },
);
