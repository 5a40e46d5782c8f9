import { randomUUID } from 'node:crypto';
import { type Operation, type Parameter, pathOf } from './operations.ts';

/** What questions are asked about: ids and paths by the words parameters use. */
export interface Topic {
  place: string;
  /** Path of the place. */
  path: string;
  thing: string;
  alarm: string;
  case: string;
  record: string;
  user: string;
  role: string;
  line: string;
  /** A text that stands in names, codes and titles of the topic and nowhere else. */
  mark: string;
}

export const nothing = (): Topic => ({
  place: randomUUID(),
  path: 'zzzz/',
  thing: randomUUID(),
  alarm: randomUUID(),
  case: randomUUID(),
  record: randomUUID(),
  user: randomUUID(),
  role: randomUUID(),
  line: randomUUID(),
  mark: 'nothing-of-this-name',
});

export interface Question {
  path: string;
  query: Record<string, string>;
}

/** What `{id}` means in each module's paths. */
const idWords: Readonly<Record<string, keyof Topic>> = {
  places: 'place',
  things: 'thing',
  alarms: 'alarm',
  cases: 'case',
  records: 'record',
  users: 'user',
  roles: 'role',
  journal: 'line',
  fleet: 'thing',
};

function pathValue(module: string, name: string, topic: Topic): string {
  if (name === 'id') return topic[idWords[module] ?? 'line'];
  const known: Record<string, string> = {
    thing: topic.thing,
    place: topic.place,
    measure: 'homes',
    period: new Date().toISOString().slice(0, 7),
    property: 'smoke',
    family: 'smoke-detector',
    number: '1',
  };
  return known[name] ?? topic.line;
}

const hour = 3_600_000;

/** What must be given, else the question is refused before anyone looks who asks. */
function required(module: string, { name, schema }: Parameter, topic: Topic): string {
  if (schema.format === 'date-time') return new Date(Date.now() + (name === 'from' ? -hour : hour)).toISOString();
  if (schema.format === 'date') return new Date().toISOString().slice(0, 10);
  if (name === 'subject') return module === 'records' ? `trial:${topic.mark}` : topic.thing;
  if (name === 'thing') return topic.thing;
  if (schema.format === 'uuid') return topic.line;
  if (name === 'period') return new Date().toISOString().slice(0, 7);
  if (name === 'states') return 'effective';
  if (schema.enum) return String(schema.enum[0]);
  throw new Error(`${module}: what is ${name}?`);
}

/** Ways to narrow a list down to the topic, one question each. */
const narrowing: Readonly<Record<string, (topic: Topic, parameter: Parameter) => string>> = {
  text: ({ mark }) => mark,
  under: ({ place, path }, { schema }) => (schema.format === 'uuid' ? place : path),
  root: ({ place }) => place,
  place: ({ place, path }, { schema }) => (schema.format === 'uuid' ? place : path),
  subject: ({ thing }) => thing,
};

/** The plain question of an operation, and one for each way to narrow it down to the topic. */
export function questionsOf(operation: Operation, topic: Topic): Question[] {
  const [module = ''] = operation.id.split('.');
  const given = operation.parameters.filter((each) => each.in === 'path');
  const path = pathOf(operation, Object.fromEntries(given.map(({ name }) => [name, pathValue(module, name, topic)])));
  const asked = operation.parameters.filter((each) => each.in === 'query');
  const must = asked.filter((each) => each.required && each.schema.default === undefined);
  const base = Object.fromEntries(must.map((each) => [each.name, required(module, each, topic)]));
  const limit = asked.find(({ name }) => name === 'limit');
  if (limit) base.limit = String(Math.min(200, limit.schema.maximum ?? 200));
  // Exports filter as their lists do, and may be asked a few times a minute only.
  const narrowed = (operation.id.endsWith('.export') ? [] : asked).flatMap((each) => {
    const value = must.includes(each) ? undefined : narrowing[each.name]?.(topic, each);
    if (value === undefined) return [];
    const said = each.name === 'subject' && module === 'cases' ? `thing:${value}` : value;
    // `subject` is also what is charged for, which is no topic.
    const fits = each.schema.pattern === undefined || new RegExp(each.schema.pattern, 'u').test(said);
    return fits ? [{ path, query: { ...base, [each.name]: said } }] : [];
  });
  return [{ path, query: base }, ...narrowed];
}
