import { placeOf, type SourceTree } from '../../source/index.ts';

/** One line of docs/MODULES.md. */
export interface ModuleLine {
  readonly module: string;
  readonly room: string;
  readonly zh: string;
  readonly needs: readonly string[];
  readonly tables: readonly string[];
  readonly heard: readonly string[];
  readonly told: readonly string[];
}

const described = new Set([
  'contracts',
  'kernel',
  'terminals',
  'edge',
  'data',
  'apps',
  'simulator',
  'tools',
  'ends/ui',
  'ends/sdk',
  'ends/console',
  'ends/tenant',
  'ends/field',
  'ends/portal',
]);

/** The Chinese name in the first heading of a README: `# alarms 告警: …` → `告警`. */
export function chineseName(readme: string): string {
  const heading = readme.split('\n').find((line) => line.startsWith('#')) ?? '';
  return /[\u4e00-\u9fff](?:[\u4e00-\u9fff/、与和]*[\u4e00-\u9fff])?/.exec(heading)?.[0] ?? '';
}

/** Tables and views a migration makes: `alarms.alarm`, `alarms_pub.alarm`; partitions are not told. */
export function tablesIn(sql: string): string[] {
  const made =
    /create\s+(?:unlogged\s+)?(?:or\s+replace\s+)?(?:table|view|materialized\s+view)\s+(?:if\s+not\s+exists\s+)?([a-z_][\w]*\.[a-z_]\w*)(\s+partition\s+of)?/gi;
  return [...sql.matchAll(made)].filter((match) => match[2] === undefined).map((match) => match[1] ?? '');
}

/** Events a file hears (`bus.on(event, …)`) and tells (`outbox.add(tx, event, …)`), by the names of contracts/events. */
function eventsIn(tree: SourceTree, file: string): { heard: string[]; told: string[] } {
  const facts = tree.facts(file);
  const types = new Map<string, string>();
  for (const edge of facts.edges) {
    const source = /^@keystead\/contracts\/events\/(.+)$/.exec(edge.specifier)?.[1];
    if (source === undefined || !tree.has(`contracts/events/${source}.ts`)) continue;
    for (const [imported, local] of edge.names)
      types.set(local, eventType(tree, `contracts/events/${source}.ts`, imported));
  }
  const heard: string[] = [];
  const told: string[] = [];
  for (const { callee, names } of facts.nameCalls) {
    for (const name of names) {
      const type = types.get(name);
      if (type === undefined || type === '') continue;
      if (callee.endsWith('.on')) heard.push(type);
      else if (callee.endsWith('.add')) told.push(type);
    }
  }
  return { heard, told };
}

/** `alarmChanged` → `alarm.changed.v1`, as `defineEvent` in that file says. */
function eventType(tree: SourceTree, file: string, constant: string): string {
  const declared = new RegExp(`export const ${constant}\\b[^=]*=\\s*defineEvent\\(\\s*'([^']+)'`).exec(tree.read(file));
  return declared?.[1] ?? '';
}

const unique = (list: readonly string[]): string[] => [...new Set(list)].sort();

/** All modules of a tree in the order of the rooms. */
export function readModules(tree: SourceTree): ModuleLine[] {
  const files = new Map<string, string[]>();
  for (const file of tree.files) {
    const place = placeOf(tree, file);
    if (!place || !described.has(place.room)) continue;
    if (place.module === place.room && !place.room.startsWith('ends/')) continue;
    files.set(place.module, [...(files.get(place.module) ?? []), file]);
  }
  const lines: ModuleLine[] = [];
  for (const [module, own] of files) {
    const code = own.filter((file) => /\.tsx?$/.test(file));
    if (code.length === 0) continue;
    const room = placeOf(tree, own[0] ?? '')?.room ?? '';
    const events = code.filter((file) => !/\.test\.tsx?$/.test(file)).map((file) => eventsIn(tree, file));
    const declaration = tree.has(`${module}/module.ts`) ? tree.facts(`${module}/module.ts`).module : undefined;
    lines.push({
      module,
      room,
      zh: tree.has(`${module}/README.md`) ? chineseName(tree.read(`${module}/README.md`)) : '',
      needs: (declaration?.needs ?? []).map((need) => need.key),
      tables: unique(own.filter((file) => file.endsWith('.sql')).flatMap((file) => tablesIn(tree.read(file)))),
      heard: unique(events.flatMap((each) => each.heard)),
      told: unique(events.flatMap((each) => each.told)),
    });
  }
  const order = [...described];
  return lines.sort((a, b) => order.indexOf(a.room) - order.indexOf(b.room) || (a.module < b.module ? -1 : 1));
}

const cell = (items: readonly string[]): string => items.map((item) => `\`${item}\``).join(', ');

/** docs/MODULES.md as text. */
export function writeModules(lines: readonly ModuleLine[]): string {
  const rows = lines.map(
    ({ module, room, zh, needs, tables, heard, told }) =>
      `| \`${module}\` | ${zh} | ${room} | ${cell(needs)} | ${cell(tables)} | ${cell(heard)} | ${cell(told)} |`,
  );
  return [
    '# Modules 模块',
    '',
    'Written by `npm run gen` from the source; the check fails when it is out of date. What a module is for stands in its README.',
    '',
    '| module | zh | room | needs | tables | hears | tells |',
    '|---|---|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}
