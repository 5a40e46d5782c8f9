import type { FieldError } from '@keystead/contracts/problem';
import { InputInvalid, Problem, TooManyRequests } from '@keystead/contracts/problem';
import type { Translate } from '@keystead/kernel/i18n';

export interface ProblemBody {
  type: string;
  title: string;
  status: number;
  detail?: string;
  instance: string;
  errors?: FieldError[];
  [extra: string]: unknown;
}

interface ValidationFault {
  instancePath: string;
  keyword: string;
  message?: string;
  params: Record<string, unknown>;
}

interface FastifyFault {
  validation?: ValidationFault[];
  validationContext?: string;
  statusCode?: number;
  code?: string;
}

const pointerOf = (fault: ValidationFault): string => {
  const inner = fault.params.missingProperty ?? fault.params.additionalProperty;
  return typeof inner === 'string' ? `${fault.instancePath}/${inner}` : fault.instancePath || '/';
};

/** A fault of the framework as a problem of ours; undefined when it is nobody's fault but our own. */
export function asProblem(cause: unknown): Problem | undefined {
  if (cause instanceof Problem) return cause;
  const fault = cause as FastifyFault;
  if (fault.validation) {
    const errors = fault.validation.map((each) => ({
      pointer: pointerOf(each),
      code: each.keyword,
      detail: each.message ?? '',
    }));
    return new InputInvalid({ in: fault.validationContext ?? 'body' }, errors);
  }
  if (fault.statusCode === 429) return new TooManyRequests();
  if (fault.statusCode === 413) return new BodyTooLarge();
  if (fault.statusCode === 415) return new BodyTypeUnknown();
  if (fault.statusCode !== undefined && fault.statusCode >= 400 && fault.statusCode < 500)
    return new InputInvalid({ in: 'request' });
  return undefined;
}

export class BodyTooLarge extends Problem {
  static override readonly type = 'body-too-large';
  static override readonly status = 413;
}

export class BodyTypeUnknown extends Problem {
  static override readonly type = 'body-type-unknown';
  static override readonly status = 415;
}

/** The RFC 9457 body of a problem, its title in the reader's language. */
export function problemBody(found: Problem, instance: string, t: Translate): ProblemBody {
  const body: ProblemBody = {
    ...found.data,
    type: found.type,
    title: t(`problem.${found.type}`, found.data),
    status: found.status,
    instance,
  };
  if (found.errors.length > 0) body.errors = [...found.errors];
  return body;
}

export const internalBody = (instance: string, t: Translate): ProblemBody => ({
  type: 'internal',
  title: t('problem.internal', {}),
  status: 500,
  instance,
});
