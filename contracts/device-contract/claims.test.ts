import type { Capabilities, Property } from '@keystead/contracts/thing-model';
import { clause } from '@keystead/kernel/testing';
import { describe, expect, test } from 'vitest';
import { claimGaps, registrationGaps, temperatureGap } from './claims.ts';
import { deviceClassOf } from './device-class.ts';

const battery: Property = {
  id: 'battery',
  key: 100,
  name: { zh: '电池', en: 'Battery' },
  type: 'number',
  access: 'r',
  transferLevel: 1,
  storeLevel: 2,
};

const model = (func: string, specification: string, capabilities?: Capabilities, powered = true) => ({
  category: { function: func, domain: 'housing', specification },
  properties: powered ? [battery] : [],
  ...(capabilities ? { capabilities } : {}),
});
const found = (made: ReturnType<typeof model>) => claimGaps(made).map(({ clause, code }) => `${clause} ${code}`);

const goodLock: Capabilities = {
  cacheHours: 24,
  ota: true,
  bearers: { near: ['ble'], remote: ['nb-iot'] },
  emergencyOpening: ['password', 'mechanical-key'],
  lockLogDays: 90,
};

describe('what a model promises, against the contract of its class', () => {
  test(
    clause('H-6.1-2', 'locks, fire and gas detectors hold 24 h of their own records: 24 is enough, 23 is not'),
    () => {
      for (const [func, specification] of [
        ['access', 'smart-lock'],
        ['fire', 'photoelectric'],
        ['gas-safety', 'methane'],
      ] as const) {
        const gaps = (cacheHours?: number) =>
          claimGaps(model(func, specification, cacheHours === undefined ? undefined : { cacheHours })).filter(
            (gap) => gap.subject === 'cacheHours',
          );
        expect(gaps(24)).toEqual([]);
        expect(gaps(23)).toMatchObject([{ clause: 'H-6.1-2', code: 'claim-short', detail: '23 < 24' }]);
        expect(gaps()).toMatchObject([{ clause: 'H-6.1-2', code: 'claim-missing' }]);
        expect(registrationGaps(model(func, specification, { cacheHours: 23 }))).toHaveLength(1);
        expect(registrationGaps(model(func, specification))).toEqual([]);
      }
      expect(claimGaps(model('environment', 'temperature-humidity', { cacheHours: 1 }))).toEqual([]);
    },
  );

  test(clause('H-6.5-a-1', 'a lock needs a short-range and a remote bearer'), () => {
    const gaps = (bearers: Capabilities['bearers']) =>
      claimGaps(model('access', 'smart-lock', { ...goodLock, bearers })).map(({ detail }) => detail);
    expect(gaps({ near: ['ble', 'nfc'], remote: ['cellular'] })).toEqual([]);
    expect(gaps({ near: [], remote: ['nb-iot'] })).toEqual(['- near']);
    expect(gaps({ near: ['ble'], remote: [] })).toEqual(['- remote']);
    expect(gaps({ near: [], remote: [] })).toEqual(['- near, remote']);
  });

  test(clause('H-6.5-d-2', 'a lock keeps its records 90 days'), () => {
    expect(found(model('access', 'smart-lock', goodLock))).toEqual([]);
    expect(found(model('access', 'smart-lock', { ...goodLock, lockLogDays: 89 }))).toEqual(['H-6.5-d-2 claim-short']);
  });

  test(clause('H-6.5-b-2', 'a lock promises password and mechanical key for emergencies'), () => {
    expect(found(model('access', 'smart-lock', { ...goodLock, emergencyOpening: ['password'] }))).toEqual([
      'H-6.5-b-2 claim-short',
    ]);
  });

  test(clause('H-6.4-b-4', 'H-6.4-c-1', 'a meter freezes 30 days and, on a battery, lasts 5 years'), () => {
    const meter = { ota: true, digitised: true, freezeDays: 30, batteryYears: 5 };
    for (const specification of ['water', 'gas', 'heat', 'single-phase']) {
      expect(found(model('metering', specification, meter))).toEqual([]);
      expect(found(model('metering', specification, { ...meter, freezeDays: 29, batteryYears: 4.9 }))).toEqual([
        'H-6.4-b-4 claim-short',
        'H-6.4-c-1 claim-short',
      ]);
    }
    expect(found(model('metering', 'single-phase', { ota: true, freezeDays: 30 }, false))).toEqual([]);
    expect(found(model('metering', 'water', { ota: true, freezeDays: 30, batteryYears: 6 }))).toEqual([
      'H-6.4-b-1 claim-missing',
    ]);
  });

  test(clause('H-6.3-d', 'a fire detector on a battery promises 3 years; on mains nothing is asked'), () => {
    const short = { cacheHours: 24, ota: true, localAlarm: true, batteryYears: 2 };
    expect(found(model('fire', 'photoelectric', short))).toEqual(['H-6.3-d claim-short']);
    expect(found(model('fire', 'photoelectric', short, false))).toEqual([]);
  });

  test(
    clause('H-6.1-5', 'H-6.1-6', '-10 … 55 °C passes everywhere but in severe cold, where -20 … 55 °C is asked'),
    () => {
      const gap = (min: number, max: number, zone: 'severe-cold' | 'other') =>
        temperatureGap(model('access', 'smart-lock', { temperature: { min, max } }), zone)?.clause;
      expect(gap(-10, 55, 'other')).toBeUndefined();
      expect(gap(-9, 55, 'other')).toBe('H-6.1-6');
      expect(gap(-10, 54, 'other')).toBe('H-6.1-6');
      expect(gap(-10, 55, 'severe-cold')).toBe('H-6.1-5');
      expect(gap(-20, 55, 'severe-cold')).toBeUndefined();
      expect(gap(-19, 55, 'severe-cold')).toBe('H-6.1-5');
      expect(temperatureGap(model('access', 'smart-lock'), 'other')?.code).toBe('claim-missing');
      expect(temperatureGap(model('environment', 'x'), 'severe-cold')).toBeUndefined();
    },
  );

  test('the class follows from the axes of type', () => {
    const classOf = (func: string, specification: string) => deviceClassOf(model(func, specification));
    expect(classOf('fire', 'hydrant-pump')).toBe('fire-equipment');
    expect(classOf('fire', 'heat')).toBe('fire-detector');
    expect(classOf('metering', 'diaphragm-gas')).toBe('gas-meter');
    expect(classOf('entrance', 'door')).toBe('entrance-guard');
    expect(classOf('computing', 'server')).toBeUndefined();
  });
});
