/** What can be wrong with an expression. The codes are stable: they are keys of translated texts. */
export type ExpressionErrorCode =
  | 'too-long'
  | 'too-deep'
  | 'too-many-parts'
  | 'unexpected-character'
  | 'unterminated-text'
  | 'bad-escape'
  | 'bad-number'
  | 'unexpected-token'
  | 'unexpected-end'
  | 'chained-comparison'
  | 'unknown-name'
  | 'unknown-function'
  | 'unknown-event'
  | 'unknown-value'
  | 'not-comparable'
  | 'not-a-property'
  | 'wrong-type'
  | 'wrong-arguments';

/** One mistake and where it stands: characters [at, end) of the text. */
export interface ExpressionError {
  readonly code: ExpressionErrorCode;
  readonly at: number;
  readonly end: number;
  /** What was found there, or what was expected; data for a translated text, not a sentence. */
  readonly found?: string;
  readonly expected?: string;
  /** What was probably meant. */
  readonly suggestion?: string;
}

/** Carries the first syntax error out of the recursive parser; never leaves this module. */
export class SyntaxFault extends Error {
  readonly error: ExpressionError;

  constructor(error: ExpressionError) {
    super(error.code);
    this.error = error;
  }
}

export const limits = {
  /** Characters of the text. */
  length: 2000,
  /** Brackets, negations and choices inside one another. */
  depth: 32,
  /** Values, names and operators together. */
  nodes: 500,
  /** Values of one list, arguments of one call. */
  list: 64,
  /** Mistakes reported at once. */
  errors: 20,
} as const;
