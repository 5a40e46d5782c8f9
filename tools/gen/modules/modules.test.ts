import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { openTree } from '../../source/index.ts';
import { chineseName, readModules, tablesIn, writeModules } from './modules.ts';

test('the Chinese name is the first run of characters in the heading', () => {
  expect(chineseName('# alarms 告警: what goes wrong 出错\n\ntext')).toBe('告警');
  expect(chineseName('# cases: 工单与流转 one engine')).toBe('工单与流转');
  expect(chineseName('# plain\n中文')).toBe('');
});

test('tables and views of a migration are told, partitions are not', () => {
  const sql = `create table alarms.alarm (id uuid);
    CREATE UNLOGGED TABLE IF NOT EXISTS alarms.state (id uuid);
    create or replace view alarms_pub.alarm as select 1;
    create table alarms.p1 partition of alarms.alarm for values in (1);`;
  expect(tablesIn(sql)).toEqual(['alarms.alarm', 'alarms.state', 'alarms_pub.alarm']);
});

test('a module is told with its needs, tables, and the events it hears and tells', () => {
  const root = mkdtempSync(join(tmpdir(), 'keystead-modules-'));
  const files: Record<string, string> = {
    'contracts/events/define.ts': 'export const defineEvent = (type: string) => ({ type });\n',
    'contracts/events/alarms.ts': "export const alarmChanged = defineEvent('alarm.changed.v1');\n",
    'contracts/events/cases.ts': "export const caseChanged = defineEvent(\n  'case.changed.v1',\n);\n",
    'apps/work/cases/README.md': '# cases 工单\n',
    'apps/work/cases/index.ts': "export { cases } from './module.ts';\n",
    'apps/work/cases/module.ts': `import { alarmChanged as raised } from '@keystead/contracts/events/alarms';
      export const cases = defineModule({ name: 'cases', needs: { things }, setup: (kernel) => { kernel.bus.on(raised, 'cases.open', run); } });`,
    'apps/work/cases/service.ts': `import { caseChanged } from '@keystead/contracts/events/cases';
      export const save = (outbox, tx) => outbox.add(tx, caseChanged, {}, {});`,
    'apps/work/cases/migrations/0001_cases.sql': 'create table cases.work_item (id uuid);',
  };
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), text);
  }
  const lines = readModules(openTree(root));
  rmSync(root, { recursive: true });
  expect(lines.find((line) => line.module === 'apps/work/cases')).toEqual({
    module: 'apps/work/cases',
    room: 'apps',
    zh: '工单',
    needs: ['things'],
    tables: ['cases.work_item'],
    heard: ['alarm.changed.v1'],
    told: ['case.changed.v1'],
  });
  expect(writeModules(lines)).toContain(
    '| `apps/work/cases` | 工单 | apps | `things` | `cases.work_item` | `alarm.changed.v1` | `case.changed.v1` |',
  );
});
