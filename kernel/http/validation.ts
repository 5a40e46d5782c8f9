import { Ajv, type ValidateFunction } from 'ajv';
import type { TSchema } from 'typebox';

const formats: Record<string, RegExp | ((text: string) => boolean)> = {
  uuid: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  'date-time': (text) => /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(text) && !Number.isNaN(Date.parse(text)),
  date: (text) => /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)),
  email: /^[^\s@]+@[^\s@]+\.[^\s@]+$/,
  uri: (text) => URL.canParse(text),
};

/** Bodies are taken as they are: no coercion, unknown fields refused, all errors listed. */
const strict = new Ajv({
  allErrors: true,
  coerceTypes: false,
  removeAdditional: false,
  useDefaults: true,
  formats,
  strict: false,
});
/** Query strings and path parameters arrive as text and are converted by schema. */
const converting = new Ajv({
  allErrors: true,
  coerceTypes: 'array',
  removeAdditional: false,
  useDefaults: true,
  formats,
  strict: false,
});

const compiled = (part: string | undefined, schema: object): ValidateFunction =>
  (part === 'body' ? strict : converting).compile(schema);

/** As Fastify calls it; what is wrong stands in `errors` afterwards. */
export interface Validator {
  (data: unknown): boolean;
  errors?: ValidateFunction['errors'];
}

/**
 * A check that is compiled with the first request that needs it: hundreds of routes take half a second to compile, and
 * a start needs none of them. `now` compiles at once, so that a schema that cannot be compiled is found.
 */
export function validatorFor(part: string | undefined, schema: object, now: boolean): Validator {
  let check: ValidateFunction | undefined = now ? compiled(part, schema) : undefined;
  const validator: Validator = (data) => {
    check ??= compiled(part, schema);
    const fits = check(data) === true;
    validator.errors = check.errors ?? null;
    return fits;
  };
  return validator;
}

/** Objects refuse what they do not name, unless their schema says otherwise. */
export function closed<S extends TSchema>(schema: S): S {
  const walk = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(walk);
    if (node === null || typeof node !== 'object') return node;
    const out: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(node))
      out[key] = key === 'default' || key === 'enum' || key === 'const' ? value : walk(value);
    if (out.type === 'object' && out.properties && out.additionalProperties === undefined)
      out.additionalProperties = false;
    return out;
  };
  return walk(schema) as S;
}
