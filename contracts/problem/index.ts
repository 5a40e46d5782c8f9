/** One thing wrong with one field; `pointer` is a JSON pointer into what was sent (RFC 6901). */
export interface FieldError {
  pointer: string;
  code: string;
  detail?: string;
}

export interface ProblemClass {
  readonly type: string;
  readonly status: number;
  readonly prototype: Problem;
}

/**
 * What the platform refuses, and why (RFC 9457). Each kind is a subclass with a stable kebab-case `type`, which is
 * also the key of its translated title (`problem.<type>`), and an HTTP status. Code never parses the text.
 */
export abstract class Problem extends Error {
  static readonly type: string = 'internal';
  static readonly status: number = 500;
  readonly data: Readonly<Record<string, unknown>>;
  readonly errors: readonly FieldError[];

  constructor(data: Record<string, unknown> = {}, errors: readonly FieldError[] = []) {
    super();
    this.data = data;
    this.errors = errors;
    this.name = this.type;
    this.message = `${this.type} ${JSON.stringify(data)}`;
  }

  get type(): string {
    return (this.constructor as unknown as ProblemClass).type;
  }

  get status(): number {
    return (this.constructor as unknown as ProblemClass).status;
  }
}

/** Makes a Problem class in one line: `class AlarmMissing extends problem('alarm-missing', 404) {}`. */
export function problem(type: string, status: number) {
  return class extends Problem {
    static override readonly type = type;
    static override readonly status = status;
  };
}

export class InputInvalid extends problem('input-invalid', 400) {}
export class NotFound extends problem('not-found', 404) {}
export class NotAllowed extends problem('not-allowed', 403) {}
export class NotSignedIn extends problem('not-signed-in', 401) {}
export class EditConflict extends problem('edit-conflict', 412) {}
export class TooManyRequests extends problem('too-many-requests', 429) {}
export class Overloaded extends problem('overloaded', 503) {}
