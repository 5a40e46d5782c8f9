/** Property values by their ids in the thing model. */
export type Values = Record<string, number | boolean | string>;

/** Something that happened at a moment (ms since 1970), by the id of the event in the thing model. */
export interface Occurrence {
  readonly at: number;
  readonly event: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** What an undisturbed device would say at any moment. Pure: the same moment gives the same answer. */
export interface Course {
  values(at: number): Values;
  /** What happens after `from`, up to and with `to`, in order. */
  events(from: number, to: number): Occurrence[];
}

const none: Occurrence[] = [];
export const uneventful = (): Occurrence[] => none;

/** A value as a sensor with this smallest step shows it, without the dust of binary fractions. */
export function shown(value: number, step: number): number {
  const steps = Math.round(value / step);
  return step < 1 ? Number((steps * step).toFixed(Math.ceil(-Math.log10(step)))) : steps * step;
}
