import { startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { commands } from './index.ts';
import type { LinkageDraft } from './linkage-rule.ts';
import { type CommandYard, openYard } from './testing.ts';

let yard: CommandYard<TestPlatform>;
beforeAll(async () => {
  yard = await openYard(await startPlatform(commands));
});
afterAll(() => yard.stop());

const rule = (more: Partial<LinkageDraft> = {}): LinkageDraft => ({
  name: '烟雾时开灯',
  place: '',
  enabled: true,
  perMinute: 30,
  trigger: { kind: 'event', family: 'smoke-detector', event: 'tamper' },
  action: { kind: 'command', service: 'on' },
  ...more,
});

test('a rule that is tried says what it would do to whom, and does nothing', async () => {
  const { service, author } = yard;
  const [smoke, lamp] = [await yard.make('smoke-detector'), await yard.make('smart-light')];
  const action = { kind: 'command' as const, thing: lamp.id, service: 'on' };
  expect(await service.linkageTrial(author, { rule: rule({ action }), thing: smoke.id })).toMatchObject({
    misses: [],
    commands: [{ thing: lamp.id, service: 'on', approval: false }],
  });
  expect((await service.list(author, { thing: lamp.id })).items).toEqual([]);
  expect(await service.linkages.list(author)).toEqual([]);
});

test('it says why the rule would not act, and which command would be refused', async () => {
  const { service, author } = yard;
  const [smoke, lamp] = [await yard.make('smoke-detector'), await yard.make('smart-light')];
  const action = { kind: 'command' as const, thing: lamp.id, service: 'set', carry: { value: 'level' } };
  const hours = { zone: 'Asia/Shanghai', weekly: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], from: '22:00', to: '23:00' }] };
  const wish = { rule: rule({ action, enabled: false, hours }), thing: lamp.id };
  expect(await service.linkageTrial(author, { ...wish, data: { level: 400 } })).toMatchObject({
    misses: ['disabled', 'family', 'hours'],
    commands: [{ refused: 'command-input-invalid' }],
  });
  const at = '2026-06-01T14:30:00Z';
  const whole = await service.linkageTrial(author, { ...wish, thing: smoke.id, at, data: { level: 40 } });
  expect(whole).toMatchObject({ misses: ['disabled'], commands: [{ input: { value: 40 } }] });
});
