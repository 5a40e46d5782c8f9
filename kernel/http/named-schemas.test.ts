import { expect, test } from 'vitest';
import { nameRepeated } from './named-schemas.ts';

const text = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, n) => [`field-${n}`, { type: 'string', maxLength: 100 }]));
const inner = { type: 'object', properties: text(6) };
const view = { type: 'object', properties: { ...text(6), lines: { type: 'array', items: inner } } };
const answer = (schema: object) => ({ responses: { 200: { content: { 'application/json': { schema } } } } });
const operation = (operationId: string, schema: object) => ({ operationId, ...answer(schema) });
const page = { type: 'object', properties: { items: { type: 'array', items: view } } };

const document = (paths: object) => structuredClone({ openapi: '3.1.0', paths, components: { schemas: {} } });
const paths = {
  '/things': { get: operation('things.list', page), post: operation('things.create', view) },
  '/things/{id}': { get: operation('things.get', view) },
  '/lines/{id}': { get: operation('lines.get', inner) },
  '/small': { get: operation('small.get', { type: 'object', properties: text(1) }) },
  '/small/{id}': { get: operation('small.one', { type: 'object', properties: text(1) }) },
};
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

test('what stands in several places stands once under a name, also inside another that does; small things stay', () => {
  const { paths: after, components } = nameRepeated(document(paths));
  expect(after).toMatchObject({
    '/things': {
      get: answer({ type: 'object', properties: { items: { type: 'array', items: ref('ThingsGetView') } } }),
      post: answer(ref('ThingsGetView')),
    },
    '/things/{id}': { get: answer(ref('ThingsGetView')) },
    '/lines/{id}': { get: answer(ref('LinesGetView')) },
    '/small': { get: answer({ type: 'object', properties: text(1) }) },
  });
  expect(components.schemas).toEqual({
    LinesGetView: inner,
    ThingsGetView: {
      ...view,
      properties: { ...view.properties, lines: { type: 'array', items: ref('LinesGetView') } },
    },
  });
});

test('the order of the routes does not matter', () => {
  const turned = Object.fromEntries(Object.entries(paths).reverse());
  expect(nameRepeated(document(turned)).components).toEqual(nameRepeated(document(paths)).components);
});

test('what a schema says is what it said before, once references are followed', () => {
  const { paths: after, components } = nameRepeated(document(paths));
  const schemas = components.schemas as Record<string, object>;
  const follow = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(follow);
    if (node === null || typeof node !== 'object') return node;
    const { $ref } = node as { $ref?: string };
    if ($ref) return follow(schemas[$ref.split('/').at(-1) ?? '']);
    return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, follow(value)]));
  };
  expect(follow(after)).toEqual(document(paths).paths);
});
