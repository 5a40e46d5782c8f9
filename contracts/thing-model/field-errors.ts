import type { FieldError } from '@keystead/contracts/problem';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';

const most = 100;

/** Stable codes instead of the schema library's words. */
const codes: Readonly<Record<string, string>> = {
  type: 'wrong-type',
  anyOf: 'not-allowed',
  enum: 'not-allowed',
  const: 'not-allowed',
  pattern: 'bad-format',
  format: 'bad-format',
  minimum: 'too-small',
  exclusiveMinimum: 'too-small',
  maximum: 'too-large',
  exclusiveMaximum: 'too-large',
  minLength: 'too-short',
  minItems: 'too-short',
  maxLength: 'too-long',
  maxItems: 'too-long',
};

const escapePointer = (key: string): string => key.replaceAll('~', '~0').replaceAll('/', '~1');

function namesIn(params: unknown, key: string): string[] {
  const names = (params as Readonly<Record<string, unknown>>)[key];
  return Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
}

/**
 * What a document breaks of a schema, as field errors with stable codes: `required`, `unknown-field`, `wrong-type`,
 * `not-allowed`, `bad-format`, `too-small`, `too-large`, `too-short`, `too-long`. One error a field, at most 100.
 */
export function fieldErrors(schema: TSchema, document: unknown): FieldError[] {
  const found = new Map<string, FieldError>();
  const add = (pointer: string, code: string, detail?: string) => {
    if (found.size < most && !found.has(pointer)) found.set(pointer, { pointer, code, ...(detail && { detail }) });
  };
  const issues = Value.Errors(schema, document);
  // The branches of a union each tell why they do not fit; what counts is that none does.
  const unions = new Set(issues.filter(({ keyword }) => keyword === 'anyOf').map(({ instancePath }) => instancePath));
  for (const { keyword, instancePath, params, message } of issues) {
    if (keyword === 'required') {
      for (const name of namesIn(params, 'requiredProperties'))
        add(`${instancePath}/${escapePointer(name)}`, 'required');
    } else if (keyword === 'additionalProperties') {
      for (const name of namesIn(params, 'additionalProperties')) {
        add(`${instancePath}/${escapePointer(name)}`, 'unknown-field');
      }
    } else if (keyword === 'boolean') {
      // Said a second time for each unknown field.
    } else if (unions.has(instancePath)) add(instancePath, 'not-allowed');
    else add(instancePath, codes[keyword] ?? keyword, message);
  }
  return [...found.values()];
}
