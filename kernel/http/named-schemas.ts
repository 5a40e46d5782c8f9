type Json = Record<string, unknown>;

/** Shorter ones are as easily read where they stand. */
const worthNaming = 200; // characters of JSON

const isJson = (value: unknown): value is Json => value !== null && typeof value === 'object' && !Array.isArray(value);

const pascal = (text: string): string =>
  text
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

/** Schemas in a schema, each with what it is called there. */
function* partsOf(schema: Json): Generator<[path: readonly (string | number)[], word: string]> {
  for (const name of Object.keys(isJson(schema.properties) ? schema.properties : {}))
    yield [['properties', name], pascal(name)];
  for (const key of ['items', 'additionalProperties', 'not'] as const)
    if (isJson(schema[key])) yield [[key], key === 'items' ? 'Item' : 'Value'];
  for (const key of ['anyOf', 'oneOf', 'allOf', 'prefixItems'] as const) {
    const list = schema[key];
    if (Array.isArray(list)) for (const index of list.keys()) yield [[key, index], `Case${index + 1}`];
  }
}

const at = (schema: Json, path: readonly (string | number)[]): Json =>
  path.reduce<unknown>((node, step) => (node as Json)[step as string], schema) as Json;

/** A schema with some of its parts put in place of those it had. */
function replaced(schema: Json, parts: ReadonlyMap<readonly (string | number)[], Json>): Json {
  const copy: Json = { ...schema };
  for (const [[key, inner], part] of parts as Map<[string, (string | number)?], Json>) {
    if (inner === undefined) copy[key] = part;
    else if (Array.isArray(copy[key]))
      copy[key] = copy[key].map((each, index) => (index === inner ? part : (each as unknown)));
    else copy[key] = { ...(copy[key] as Json), [inner]: part };
  }
  return copy;
}

/** Where an operation holds schemas: its body, and its answers. */
function* placesOf(operation: Json): Generator<[holder: Json, word: string]> {
  const contents = (part: unknown): Json[] =>
    isJson(part) && isJson(part.content) ? Object.values(part.content).filter(isJson) : [];
  for (const holder of contents(operation.requestBody)) yield [holder, 'Draft'];
  for (const answer of Object.values(isJson(operation.responses) ? operation.responses : {}))
    for (const holder of contents(answer)) yield [holder, 'View'];
}

/** By name, so that the order of the routes changes nothing. */
function operationsOf(document: Json): [operation: Json, name: string][] {
  const items = Object.values(isJson(document.paths) ? document.paths : {}).filter(isJson);
  const operations = items.flatMap((item) => Object.values(item).filter(isJson));
  return operations
    .flatMap((each): [Json, string][] =>
      typeof each.operationId === 'string' ? [[each, pascal(each.operationId)]] : [],
    )
    .sort(([, a], [, b]) => (a < b ? -1 : 1));
}

/** Schemas used in more than one place, by their text, with the shortest of the names their places suggest. */
function repeatedIn(document: Json): Map<string, string> {
  const suggested = new Map<string, string[]>();
  const look = (schema: Json, name: string): void => {
    const text = JSON.stringify(schema);
    const known = suggested.get(text);
    if (text.length >= worthNaming) suggested.set(text, [...(known ?? []), name]);
    if (known) return; // What stands inside a schema that is named stands there once.
    for (const [path, word] of partsOf(schema)) look(at(schema, path), name + word);
  };
  for (const [operation, name] of operationsOf(document))
    for (const [{ schema }, word] of placesOf(operation)) if (isJson(schema)) look(schema, name + word);
  const shortest = (names: readonly string[]): string =>
    names.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? '';
  return new Map(
    [...suggested].filter(([, names]) => names.length > 1).map(([text, names]) => [text, shortest(names)]),
  );
}

/**
 * An OpenAPI document in which schemas that repeat stand once, under `components.schemas`, and elsewhere as references.
 * Names come from the operations that use them; the same routes give the same names whatever their order.
 */
export function nameRepeated<Document extends object>(document: Document): Document {
  const names = repeatedIn(document as Json);
  const schemas: Json = {};
  const shorten = (schema: Json): Json => {
    const name = names.get(JSON.stringify(schema));
    if (name === undefined) return inside(schema);
    if (!(name in schemas)) {
      schemas[name] = {};
      schemas[name] = inside(schema);
    }
    return { $ref: `#/components/schemas/${name}` };
  };
  const inside = (schema: Json): Json =>
    replaced(schema, new Map([...partsOf(schema)].map(([path]) => [path, shorten(at(schema, path))])));
  for (const [operation] of operationsOf(document as Json))
    for (const [holder] of placesOf(operation)) if (isJson(holder.schema)) holder.schema = shorten(holder.schema);
  const { components } = document as Json;
  const kept = isJson(components) ? components : {};
  const sorted = Object.fromEntries(Object.entries(schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  return {
    ...document,
    components: { ...kept, schemas: { ...(isJson(kept.schemas) ? kept.schemas : {}), ...sorted } },
  };
}
