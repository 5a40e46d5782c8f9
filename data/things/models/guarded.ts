import type { Service, ThingModel } from '@keystead/contracts/thing-model';
import { fields, service } from './words.ts';

/** One shipped model of a list, to build its next version upon: the newest when several are there. */
export const base = (models: readonly ThingModel[], family: string): ThingModel => {
  const found = models.filter((model) => model.family === family).sort((a, b) => a.version - b.version);
  const newest = found.at(-1);
  if (!newest) throw new Error(`no model ${family}`);
  return newest;
};

type More = Partial<Omit<Service, 'id' | 'name' | 'risk' | 'deadline' | 'input'>>;

/** A service that also says how it is verified and guarded. */
export const saying = (made: Service, more: More): Service => ({ ...made, ...more });

/** A set-point within limits, seen again in what the device reports (I-5.2.2.3-b). */
export const setPoint = (
  id: string,
  both: `${string}|${string}`,
  property: string,
  [minimum, maximum]: readonly [number, number],
  [tolerance, within]: readonly [number, number],
): Service =>
  saying(service(id, both, 'normal', 15, fields({ value: { type: 'number', minimum, maximum } })), {
    level: 2,
    repeatable: true,
    readBack: { property, from: 'value', tolerance, within },
  });

/** Brings a property to one value, and may be sent again without harm. */
export const bringsTo = (id: string, both: `${string}|${string}`, property: string, value: string | boolean): Service =>
  saying(service(id, both, 'normal', 15), { level: 2, repeatable: true, readBack: { property, value, within: 60 } });
