import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readClauses } from './clause.ts';
import { buildMatrix, summary } from './matrix.ts';
import { freshResults, headOf, resultsFrom } from './results.ts';
import { writeJson, writeMarkdown } from './write.ts';

// npm run conformance [-- --json] [--from results.json] [--out folder]: clause → tests → result of a real run.

const root = join(import.meta.dirname, '../..');
const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    from: { type: 'string' },
    out: { type: 'string', default: join(root, 'docs') },
  },
});

const clauses = readClauses(join(root, 'docs/clauses.json'));
const run = values.from === undefined ? freshResults(root) : resultsFrom(root, values.from);
const matrix = buildMatrix(clauses, run);

for (const { id, file, name } of matrix.unknown) console.error(`${file}: '${name}' names ${id}, which no source has`);
if (matrix.unknown.length > 0) process.exit(1);

const day = new Date(run.startedAt).toISOString().slice(0, 10);
const commit = headOf(root)?.commit;
mkdirSync(values.out, { recursive: true });
writeFileSync(join(values.out, 'conformance.md'), writeMarkdown(matrix, commit ? `commit ${commit}, ${day}` : day));
writeFileSync(join(values.out, 'conformance.json'), writeJson(matrix));

const figures = summary(matrix);
for (const { clause, result } of matrix.rows) if (result === 'failed') console.log(`red: ${clause.id} ${clause.text}`);
if (values.json) console.log(JSON.stringify(figures));
else console.log(`${figures.proven} of ${figures.total} clauses proven (${figures.software} can be by software alone)`);
