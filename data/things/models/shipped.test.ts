import { isLevel } from '@keystead/contracts/labels';
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
});
