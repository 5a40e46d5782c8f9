import { Type } from 'typebox';
import type { StepTaken } from './trail.ts';

export const IdText = Type.String({ format: 'uuid' });
export const DateText = Type.String({ format: 'date' });
export const Text = (max: number) => Type.String({ minLength: 1, maxLength: max });
export const When = Type.String({ format: 'date-time' });
export const Nullable = <S extends Type.TSchema>(schema: S) => Type.Union([schema, Type.Null()]);

/** What every list of handlings can be asked by; `on` is the day of an appointment, or to leave by. */
export const handlingQuery = <State extends Type.TSchema>(state: State) => ({
  state: Type.Optional(state),
  house: Type.Optional(IdText),
  text: Type.Optional(Text(100)),
  on: Type.Optional(DateText),
  after: Type.Optional(IdText),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
});

/** Who took which step when. */
export const StepsTaken = <State extends Type.TSchema>(state: State) =>
  Type.Array(Type.Object({ at: When, state, actorName: Type.String(), reason: Nullable(Type.String()) }));

export const stepViews = <State extends string>(steps: readonly StepTaken<State>[]) =>
  steps.map(({ at, ...step }) => ({ ...step, at: at.toISOString() }));

export const isoOf = (at: Date | null): string | null => at?.toISOString() ?? null;
