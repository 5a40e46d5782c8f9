/** One field of a service's input, as a form shows it. */
export interface InputField {
  name: string;
  kind: 'number' | 'integer' | 'boolean' | 'choice' | 'text' | 'json';
  required: boolean;
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  choices?: (string | number)[];
}

interface Schema {
  type?: unknown;
  enum?: unknown;
  minimum?: unknown;
  maximum?: unknown;
  maxLength?: unknown;
}

const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

function kindOf({ type, enum: values }: Schema): InputField['kind'] {
  if (Array.isArray(values)) return 'choice';
  if (type === 'number' || type === 'integer' || type === 'boolean') return type;
  return type === 'string' ? 'text' : 'json';
}

/** The fields of an input schema, in its order; what it does not describe is no field. */
export function fieldsOf(schema: Readonly<Record<string, unknown>> | undefined): InputField[] {
  const properties = (schema?.properties ?? {}) as Readonly<Record<string, Schema>>;
  const required = new Set(Array.isArray(schema?.required) ? schema.required : []);
  return Object.entries(properties).map(([name, each]) => ({
    name,
    kind: kindOf(each),
    required: required.has(name),
    minimum: numberOf(each.minimum),
    maximum: numberOf(each.maximum),
    maxLength: numberOf(each.maxLength),
    ...(Array.isArray(each.enum) ? { choices: each.enum as (string | number)[] } : {}),
  }));
}

/** What the form holds as the input of the service; an empty field is left out. Undefined when JSON cannot be read. */
export function inputFrom(
  fields: readonly InputField[],
  values: Readonly<Record<string, unknown>>,
): Record<string, unknown> | undefined {
  const input: Record<string, unknown> = {};
  for (const { name, kind } of fields) {
    const value = values[name];
    if (value === undefined || value === null || value === '') continue;
    if (kind !== 'json') input[name] = value;
    else
      try {
        input[name] = JSON.parse(String(value));
      } catch {
        return undefined;
      }
  }
  return input;
}
