import type { ThingModel } from './schema.ts';

const depthMost = 16;

/** The model has something that could keep the device from starting by itself. */
export const isProtected = (model: ThingModel): boolean =>
  [...model.services, ...model.properties].some(({ autonomy }) => autonomy === 'disables');

/**
 * Would this keep a fire device from starting by itself? A marked service, a marked property among the values however
 * deep, and, at a protected device, any value the model does not declare as writable, since what it does there is not
 * known (H-6.3-b-2). `service` absent = values written directly, as by shadow or raw write.
 */
export function disablesAutonomy(
  model: ThingModel,
  { service, values }: { service?: string; values?: unknown },
): boolean {
  if (!isProtected(model)) return false;
  if (model.services.some(({ id, autonomy }) => id === service && autonomy === 'disables')) return true;
  const marked = new Set(model.properties.filter(({ autonomy }) => autonomy === 'disables').map(({ id }) => id));
  if (names(values, marked)) return true;
  if (service !== undefined || typeof values !== 'object' || values === null) return false;
  const writable = new Set(model.properties.filter(({ access }) => access !== 'r').map(({ id }) => id));
  return Object.keys(values).some((key) => !writable.has(key));
}

/** True when a value names one of the marked, as a field or as a text (`{"property":"autoStart"}`). */
function names(value: unknown, marked: ReadonlySet<string>, depth = 0): boolean {
  if (depth > depthMost) return true;
  if (typeof value === 'string') return marked.has(value);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(
    ([key, each]) => (!Array.isArray(value) && marked.has(key)) || names(each, marked, depth + 1),
  );
}
