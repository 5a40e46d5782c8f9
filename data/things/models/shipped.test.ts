import { claimGaps } from '@keystead/contracts/device-contract';
import { isLevel } from '@keystead/contracts/labels';
import { lockModelGaps } from '@keystead/contracts/lock';
import { validateModel } from '@keystead/contracts/thing-model';
import { clause } from '@keystead/kernel/testing';
import { describe, expect, test } from 'vitest';
import { shippedModels, terminalClasses } from './shipped.ts';

describe('models the product ships', () => {
  test.each(shippedModels.map((model) => [`${model.family} ${model.version}`, model] as const))(
    '%s is a good model',
    (_name, model) => {
      expect(validateModel(model)).toEqual([]);
    },
  );

  test(clause('H-5-4', 'the six terminal classes each have a family that measures or reports something'), () => {
    expect(Object.keys(terminalClasses)).toHaveLength(6);
    for (const families of Object.values(terminalClasses)) {
      for (const family of families) {
        const model = shippedModels.find((each) => each.family === family);
        expect(model?.properties.length, family).toBeGreaterThan(0);
        expect(model?.events.length, family).toBeGreaterThan(0);
      }
    }
  });

  test(clause('H-8.2-0', 'every stream they declare has its transfer level'), () => {
    for (const model of shippedModels)
      for (const stream of [...model.properties, ...model.events])
        expect(isLevel(stream.transferLevel) && isLevel(stream.storeLevel), `${model.family}.${stream.id}`).toBe(true);
  });

  test('a driven machine tells running, stopped, standby and stopped by fault apart', () => {
    for (const family of ['motor', 'machine']) {
      const state = shippedModels
        .find((each) => each.family === family)
        ?.properties.find((each) => each.id === 'runState');
      expect(state?.values?.map((each) => each.value)).toEqual(['running', 'stopped', 'standby', 'fault']);
    }
  });

  const newest = (family: string) =>
    shippedModels.filter((model) => model.family === family).sort((a, b) => b.version - a.version)[0];

  test(clause('H-6.6-0', 'lift, entrance guard, smart home and medical aid ship as models'), () => {
    for (const family of ['lift', 'entrance-guard', 'smart-light', 'air-conditioner', 'curtain', 'medical-aid'])
      expect(newest(family)?.properties.length, family).toBeGreaterThan(0);
  });

  test('a later version keeps the keys of the properties of the one before', () => {
    for (const model of shippedModels) {
      const before = shippedModels.find((each) => each.family === model.family && each.version === model.version - 1);
      if (model.version > 1) expect(before, `${model.family} ${model.version - 1}`).toBeDefined();
      for (const { id, key } of before?.properties ?? [])
        expect(model.properties.find((each) => each.id === id)?.key ?? key, `${model.family}.${id}`).toBe(key);
    }
  });

  test(
    clause('I-6.4-c-1', 'temperature, pressure and displacement each have a sensor model with a unit and a range'),
    () => {
      for (const quantity of ['temperature', 'pressure', 'displacement']) {
        const property = newest(`${quantity}-sensor`)?.properties.find(({ id }) => id === quantity);
        expect(property).toMatchObject({ type: 'number', unit: expect.any(String), min: expect.any(Number) });
      }
    },
  );

  test(clause('I-6.4-c-2', 'motor, valve and relay have commands whose effect is read back'), () => {
    for (const family of ['motor', 'valve', 'relay'])
      expect(newest(family)?.services.filter(({ readBack }) => readBack).length, family).toBeGreaterThan(0);
  });

  test(clause('H-6.6-d-1', 'light, air conditioner and curtain share on, off and set, each read back'), () => {
    for (const family of ['smart-light', 'air-conditioner', 'curtain'])
      for (const id of ['on', 'off', 'set'])
        expect(newest(family)?.services.find((each) => each.id === id)?.readBack, `${family}.${id}`).toBeDefined();
  });

  test(clause('H-6.6-b-1', 'H-6.6-b-2', 'a lift tells run state, twenty fault codes and how passengers behave'), () => {
    const values = (id: string) => newest('lift')?.properties.find((each) => each.id === id)?.values?.length;
    expect(values('runState')).toBeGreaterThanOrEqual(5);
    expect(values('faultCode')).toBe(21);
    expect(values('behaviour')).toBeGreaterThanOrEqual(4);
  });

  test(clause('H-6.5-a-2', 'a lock speaks the one lock interface; the versions before it did not'), () => {
    const locks = shippedModels.filter(({ family }) => family === 'lock').sort((a, b) => a.version - b.version);
    expect(locks.map((model) => lockModelGaps(model).length > 0)).toEqual([true, true, false]);
  });

  test(clause('H-6.3-a-1', 'one fire model tells of residual current, temperature and smoke, each as vital'), () => {
    const told = newest('electrical-fire-monitor')?.properties.filter(({ type }) => type === 'number') ?? [];
    expect(told.slice(0, 3).map(({ id, unit, transferLevel }) => [id, unit, transferLevel])).toEqual([
      ['residualCurrent', 'mA', 3],
      ['temperature', 'Cel', 3],
      ['smoke', '%', 3],
    ]);
  });

  test('the newest model of every class promises what its contract asks for', () => {
    for (const family of new Set(shippedModels.map((model) => model.family))) {
      const model = newest(family);
      expect(model && claimGaps(model), family).toEqual([]);
    }
  });
});
