/** One refused field; `pointer` is a JSON pointer into what was sent. */
export interface RefusedField {
  readonly pointer: string;
  readonly code: string;
  readonly detail?: string;
}

/** The body of a refusal (RFC 9457) with whatever the problem adds. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail?: string;
  readonly instance?: string;
  readonly errors?: readonly RefusedField[];
  readonly [extra: string]: unknown;
}

/**
 * The platform refused, or could not be reached. `type` is stable and decides; `title` is for people, in their
 * language. Two types come from here and not from the platform: `unreachable` (status 0) and `unexpected-answer`.
 */
export class ProblemError extends Error {
  readonly body: ProblemDetails;

  constructor(body: ProblemDetails, cause?: unknown) {
    super(body.title || body.type, { cause });
    this.name = 'ProblemError';
    this.body = body;
  }

  get type(): string {
    return this.body.type;
  }

  get status(): number {
    return this.body.status;
  }

  get errors(): readonly RefusedField[] {
    return this.body.errors ?? [];
  }
}

export const isProblem = (cause: unknown, type?: string): cause is ProblemError =>
  cause instanceof ProblemError && (type === undefined || cause.type === type);

/** Reads a refusal from an answer; what is not a problem body (a proxy's page) becomes `unexpected-answer`. */
export async function readProblem(answer: Response): Promise<ProblemError> {
  const text = await answer.text();
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === 'object' && body !== null && 'type' in body && typeof body.type === 'string') {
      return new ProblemError({ title: '', ...body, type: body.type, status: answer.status });
    }
  } catch {
    // Not JSON: told as unexpected below, with what came.
  }
  return new ProblemError({
    type: 'unexpected-answer',
    title: `${answer.status} ${answer.statusText}`.trim(),
    status: answer.status,
    detail: text.slice(0, 500),
  });
}
