import {
  type ApiDocument,
  type FoundOperation,
  type OperationObject,
  operationsOf,
  type Parameter,
  type Schema,
} from './document.ts';
import { camel, pascal, property } from './names.ts';
import { schemaType } from './schema-type.ts';

const bytes = 'Blob | ArrayBuffer | Uint8Array<ArrayBuffer> | string';

function parameterGroup(parameters: readonly Parameter[] | undefined, where: string): Schema | undefined {
  const own = parameters?.filter((parameter) => parameter.in === where) ?? [];
  if (own.length === 0) return undefined;
  return {
    type: 'object',
    properties: Object.fromEntries(own.map(({ name, schema }) => [name, schema ?? {}])),
    required: own.filter((parameter) => parameter.required).map((parameter) => parameter.name),
  };
}

interface Part {
  readonly name: string;
  readonly required: boolean;
  readonly type: string;
}

function bodyPart({ requestBody, 'x-body': kind }: OperationObject): Part | undefined {
  if (kind === 'bytes') return { name: 'body', required: true, type: bytes };
  const content = Object.entries(requestBody?.content ?? {});
  const json = content.find(([type]) => type === 'application/json')?.[1].schema;
  if (json) return { name: 'body', required: requestBody?.required !== false, type: schemaType(json, '  ') };
  return content.length > 0 ? { name: 'body', required: true, type: bytes } : undefined;
}

function inputParts(operation: OperationObject): Part[] {
  const parts: Part[] = [];
  for (const [name, where] of [
    ['params', 'path'],
    ['query', 'query'],
  ] as const) {
    const group = parameterGroup(operation.parameters, where);
    if (!group) continue;
    const required = Array.isArray(group.required) && group.required.length > 0;
    parts.push({ name, required, type: schemaType(group, '  ') });
  }
  const body = bodyPart(operation);
  return body ? [...parts, body] : parts;
}

function replyOf(operation: OperationObject): { status: string; type: string } {
  const answers = Object.entries(operation.responses ?? {});
  const [status = '200', answer] = answers.find(([code]) => code.startsWith('2')) ?? [];
  const schema = answer?.content?.['application/json']?.schema;
  return { status, type: schema ? schemaType(schema) : status === '204' ? 'undefined' : 'unknown' };
}

function describe({ operation }: FoundOperation): string[] {
  const problems = (operation['x-problems'] ?? []).map((problem) => problem.type);
  return [
    ...(operation.summary ? [`${operation.summary.replaceAll('*/', '*\u200b/').replace(/[.;]$/, '')}.`] : []),
    ...(operation['x-permission'] ? [`Permission: ${operation['x-permission']}.`] : []),
    ...(problems.length > 0 ? [`Problems: ${problems.join(', ')}.`] : []),
    ...(operation.deprecated ? ['@deprecated'] : []),
  ];
}

function emitTypes(found: FoundOperation): string[] {
  const name = pascal(found.id);
  const parts = inputParts(found.operation);
  const input = parts.map((part) => `  ${part.name}${part.required ? '' : '?'}: ${part.type};`);
  return [
    ...(parts.length > 0 ? ['', `export interface ${name}Input {`, ...input, '}'] : []),
    '',
    `export type ${name}Reply = ${replyOf(found.operation).type};`,
  ];
}

function emitMethod(found: FoundOperation, name: string, indent: string): string[] {
  const { operation, method, path } = found;
  const type = pascal(found.id);
  const parts = inputParts(operation);
  const input = parts.length === 0 ? '' : `input${parts.some((part) => part.required) ? '' : '?'}: ${type}Input, `;
  const creates = method === 'POST' && replyOf(operation).status === '201' ? ', creates: true' : '';
  const text = describe(found);
  const target = `{ id: '${found.id}', method: '${method}', path: '${path}'${creates} }`;
  return [
    ...(text.length > 0 ? [`${indent}/** ${text.join(' ')} */`] : []),
    `${indent}${property(name)}: (${input}options?: CallOptions): Promise<${type}Reply> =>`,
    `${indent}  call(${target}, ${parts.length === 0 ? 'undefined' : 'input'}, options),`,
  ];
}

interface Branch {
  readonly leaves: Map<string, FoundOperation>;
  readonly branches: Map<string, Branch>;
}

const branch = (): Branch => ({ leaves: new Map(), branches: new Map() });

function plant(operations: readonly FoundOperation[]): Branch {
  const root = branch();
  for (const found of operations) {
    const words = found.id.split('.').map(camel);
    let at = root;
    for (const word of words.slice(0, -1)) {
      const next = at.branches.get(word) ?? branch();
      at.branches.set(word, next);
      at = next;
    }
    at.leaves.set(words.at(-1) ?? '', found);
  }
  return root;
}

function emitBranch(node: Branch, indent: string): string[] {
  const lines: string[] = [];
  for (const [name, found] of node.leaves) lines.push(...emitMethod(found, name, indent));
  for (const [name, inner] of node.branches) {
    if (node.leaves.has(name)) throw new Error(`${name} is both an operation and a group of operations`);
    lines.push(`${indent}${property(name)}: {`, ...emitBranch(inner, `${indent}  `), `${indent}},`);
  }
  return lines;
}

/** The typed client of an API document as one TypeScript file. The same document gives the same text. */
export function emitSdk(document: ApiDocument): string {
  const operations = operationsOf(document);
  const shared = Object.entries(document.components?.schemas ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    '// Written by `npm run gen` from the API document; do not edit.',
    operations.length > 0
      ? "import type { Call, CallOptions } from './client.ts';"
      : "import type { Call } from './client.ts';",
    ...shared.flatMap(([name, schema]) => ['', `export type ${pascal(name)} = ${schemaType(schema)};`]),
    ...operations.flatMap(emitTypes),
    '',
    '/** One method per operation, grouped as its id is: `alarms.acknowledge` → `api.alarms.acknowledge(…)`. */',
    operations.length > 0
      ? 'export const createApi = (call: Call) => ({'
      : 'export const createApi = (_call: Call) => ({',
    ...emitBranch(plant(operations), '  '),
    '});',
    '',
    'export type Api = ReturnType<typeof createApi>;',
    '',
  ].join('\n');
}
