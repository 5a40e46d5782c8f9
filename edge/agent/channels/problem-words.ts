import type { FieldError, Problem, ProblemClass } from '@keystead/contracts/problem';
import * as contracts from '@keystead/contracts/problem';
import * as port from '@keystead/terminals/port';

type Kind = ProblemClass & (new (data: Record<string, unknown>, errors?: readonly FieldError[]) => Problem);

const isKind = (value: unknown): value is Kind =>
  typeof value === 'function' && value.prototype instanceof contracts.Problem;

/** Every kind of refusal a protocol may use, by its stable type: a class cannot cross to another thread, its name can. */
const exported: unknown[] = [...Object.values(contracts), ...Object.values(port)];
const kinds = new Map(exported.filter(isKind).map((kind) => [kind.type, kind]));

export const problemNamed = (type: string): Kind | undefined => kinds.get(type);

/** A failure as it crosses to another thread, or goes up to the platform: stable type, own words, what is wrong where. */
export interface Failure {
  type: string;
  detail: string;
  errors?: FieldError[];
}

const mostErrors = 100;

export function failureOf(cause: unknown): Failure {
  const { type, data, errors, message } = cause as Partial<Problem>;
  const detail = data?.detail;
  return {
    type: typeof type === 'string' ? type : 'internal',
    detail: typeof detail === 'string' ? detail : String(message ?? cause).slice(0, 200),
    ...(errors && errors.length > 0 && { errors: errors.slice(0, mostErrors).map((error) => ({ ...error })) }),
  };
}

/** What a failure was before it crossed; a kind nobody here knows becomes `DeviceRefused` that names it. */
export function problemFrom({ type, detail, errors }: Failure): Problem {
  const Known = problemNamed(type);
  if (Known) return new Known({ detail }, errors);
  return new port.DeviceRefused({ detail: `${type}: ${detail}` }, errors);
}
