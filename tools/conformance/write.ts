import { sources } from './clause.ts';
import type { Matrix, Row } from './matrix.ts';

/** docs/conformance.json: `{"clauses":[{"id","status","tests":[…]}]}`, with the result of each clause and test. */
export function writeJson({ rows }: Matrix): string {
  const clauses = rows.map(({ clause, status, result, tests }) => ({ id: clause.id, status, result, tests }));
  return `${JSON.stringify({ clauses }, null, 1)}\n`;
}

const count = (rows: readonly Row[], test: (row: Row) => boolean): number => rows.filter(test).length;

function figures(name: string, rows: readonly Row[]): string {
  const cells = [
    rows.length,
    count(rows, (row) => row.clause.kind === 'software'),
    count(rows, (row) => row.status === 'proven'),
    count(rows, (row) => row.status === 'contract-checked'),
    count(rows, (row) => row.status === 'long-run'),
    count(rows, (row) => row.result === 'failed'),
    count(rows, (row) => row.result === 'none'),
  ];
  return `| ${name} | ${cells.join(' | ')} |`;
}

const head = (first: string): string[] => [
  `| ${first} | clauses | software | proven | contract checked | long run | red | no test |`,
  '|---|---|---|---|---|---|---|---|',
];

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const standing = ({ status, result }: Row): string => {
  if (result === 'failed') return '**red**';
  if (result === 'skipped') return 'unproven (skipped)';
  return status.replace('-', ' ');
};

const tests = (row: Row): string =>
  row.tests
    .map(({ file, name, result }) => `${result === 'passed' ? '' : `${result}: `}${cell(name)} \`${file}\``)
    .join('<br>');

const line = (row: Row): string => {
  const { id, text, strength, kind, module } = row.clause;
  return `| ${id} | ${cell(text)} | ${strength} | ${kind} | ${module} | ${standing(row)} | ${tests(row)} |`;
};

/** docs/conformance.md: figures per source and module, then every clause with its tests. `origin` says which run this is. */
export function writeMarkdown({ rows }: Matrix, origin: string): string {
  const letters = Object.keys(sources);
  const of = (letter: string) => rows.filter((row) => row.clause.id.startsWith(`${letter}-`));
  const modules = [...new Set(rows.map((row) => row.clause.module))].sort();
  return [
    '# Conformance 符合性',
    '',
    `Written by \`npm run conformance\` from a real run of all tests (${origin}). A clause is proven when every test that names it passed in that`,
    'run; one red test and it is red. A device contract shown on a simulator is *contract checked*, endurance shown for a short time is *long run*:',
    'neither is ever *proven*. What no test names is unproven.',
    '',
    '## By source 按来源',
    '',
    ...head('source'),
    ...letters.map((letter) => figures(`${letter}: ${sources[letter]}`, of(letter))),
    figures('all', rows),
    '',
    '## By module 按模块',
    '',
    ...head('module'),
    ...modules.map((module) =>
      figures(
        module,
        rows.filter((row) => row.clause.module === module),
      ),
    ),
    ...letters.flatMap((letter) => [
      '',
      `## ${letter}: ${sources[letter]}`,
      '',
      '| clause | text | strength | kind | module | status | tests |',
      '|---|---|---|---|---|---|---|',
      ...of(letter).map(line),
    ]),
    '',
  ].join('\n');
}
