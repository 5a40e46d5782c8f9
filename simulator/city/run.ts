import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { parseArgs } from 'node:util';
import { labelOf, lifeOf, rowsIn } from './city.ts';
import { homeOf } from './layout.ts';

/**
 * `node simulator/city/run.ts [--homes 20000] [--months 60] [--seed 1] [--today YYYY-MM-DD] [--to FILE] [--labels FILE]`: makes a
 * city and says how fast; a JSON line a home where `--to` says, what is the matter with it where `--labels` says.
 */
const { values } = parseArgs({
  options: {
    homes: { type: 'string', default: '20000' },
    months: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    today: { type: 'string', default: '2026-06-15' },
    to: { type: 'string' },
    labels: { type: 'string' },
  },
});
const settings = { seed: Number(values.seed), months: Number(values.months), today: values.today };
const homes = Number(values.homes);
const tellEvery = 2000; // homes
const out = values.to ? createWriteStream(values.to) : undefined;
const labels = values.labels ? createWriteStream(values.labels) : undefined;

const began = performance.now();
let rows = 0;
const told = (at: number): string => {
  const seconds = (performance.now() - began) / 1000;
  return `${at}/${homes} 户 / homes   ${rows} 行 / rows   ${Math.round(rows / seconds)} /s`;
};
for (let index = 0; index < homes; index++) {
  const home = homeOf(index);
  const life = lifeOf(settings, home);
  rows += rowsIn(life);
  if (out && !out.write(`${JSON.stringify({ place: home.path, ...life })}\n`)) await once(out, 'drain');
  if (labels && !labels.write(`${JSON.stringify(labelOf(settings, home))}\n`)) await once(labels, 'drain');
  if ((index + 1) % tellEvery === 0 && index + 1 < homes) process.stderr.write(`  … ${told(index + 1)}\n`);
}
out?.end();
labels?.end();
process.stdout.write(`✓ ${told(homes)}\n`);
