import type { Schema } from './document.ts';
import { pascal, property } from './names.ts';

const isSchema = (value: unknown): value is Schema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const schemas = (value: unknown): Schema[] => (Array.isArray(value) ? value.filter(isSchema) : []);

const literal = (value: unknown): string =>
  typeof value === 'string'
    ? `'${JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
    : JSON.stringify(value);

const union = (types: readonly string[]): string => {
  const unique = [...new Set(types)];
  if (unique.includes('unknown')) return 'unknown';
  return unique.join(' | ') || 'never';
};

const grouped = (type: string): string =>
  / [|&] /.test(type) && !/^[{[(][^|&]*[}\])]$/.test(type) ? `(${type})` : type;

function objectType(schema: Schema, indent: string): string {
  const properties = Object.entries(isSchema(schema.properties) ? schema.properties : {});
  const required = new Set(Array.isArray(schema.required) ? schema.required : []);
  const patterns = Object.values(isSchema(schema.patternProperties) ? schema.patternProperties : {}).filter(isSchema);
  if (isSchema(schema.additionalProperties)) patterns.push(schema.additionalProperties);
  const inner = `${indent}  `;
  const rest =
    patterns.length > 0 ? `Record<string, ${union(patterns.map((each) => schemaType(each, inner)))}>` : undefined;
  if (properties.length === 0)
    return rest ?? (schema.additionalProperties === false ? 'Record<string, never>' : 'Record<string, unknown>');
  const lines = properties
    .filter((entry): entry is [string, Schema] => isSchema(entry[1]))
    .map(([name, value]) => {
      const description =
        typeof value.description === 'string'
          ? `${inner}/** ${value.description.replaceAll('*/', '*\u200b/')} */\n`
          : '';
      return `${description}${inner}${property(name)}${required.has(name) ? '' : '?'}: ${schemaType(value, inner)};`;
    });
  const fixed = `{\n${lines.join('\n')}\n${indent}}`;
  return rest === undefined ? fixed : `${fixed} & ${rest}`;
}

function arrayType(schema: Schema, indent: string): string {
  if (Array.isArray(schema.prefixItems))
    return `[${schemas(schema.prefixItems)
      .map((item) => schemaType(item, indent))
      .join(', ')}]`;
  return isSchema(schema.items) ? `${grouped(schemaType(schema.items, indent))}[]` : 'unknown[]';
}

function namedType(name: unknown, schema: Schema, indent: string): string {
  switch (name) {
    case 'string':
      return 'string';
    case 'number':
    case 'integer':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'null':
      return 'null';
    case 'array':
      return arrayType(schema, indent);
    case 'object':
      return objectType(schema, indent);
    default:
      return 'unknown';
  }
}

/** A JSON Schema (2020-12, as OpenAPI 3.1 carries it) as a TypeScript type; what it cannot say becomes `unknown`. */
export function schemaType(schema: Schema, indent = ''): string {
  if (typeof schema.$ref === 'string') return pascal(schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1));
  if ('const' in schema) return literal(schema.const);
  if (Array.isArray(schema.enum)) return union(schema.enum.map(literal));
  const choices = [...schemas(schema.anyOf), ...schemas(schema.oneOf)];
  if (choices.length > 0) return union(choices.map((choice) => schemaType(choice, indent)));
  const parts = schemas(schema.allOf);
  if (parts.length > 0) return parts.map((part) => grouped(schemaType(part, indent))).join(' & ');
  if (Array.isArray(schema.type)) return union(schema.type.map((name) => namedType(name, schema, indent)));
  if (schema.type === undefined && isSchema(schema.properties)) return objectType(schema, indent);
  return namedType(schema.type, schema, indent);
}
