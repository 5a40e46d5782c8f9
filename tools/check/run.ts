import { join } from 'node:path';
import { driftGenerators, modulesGenerator } from '../gen/index.ts';
import { openTree } from '../source/index.ts';
import { checkBoundaries } from './boundaries/index.ts';
import { driftCheck } from './drift.ts';
import { applyExceptions, readExceptions } from './exceptions.ts';
import type { Check } from './finding.ts';
import { checkGlossary } from './glossary/index.ts';
import { checkTexts } from './i18n/index.ts';
import { formatCheck, typeCheck } from './programs.ts';
import { describeResult, failed, runCheck } from './report.ts';

// npm run check [-- name …]: everything that can be said of the source without running the tests.

const root = join(import.meta.dirname, '../..');
const listFile = 'tools/check/exceptions.json';
const tree = openTree(root);

const checks: Check[] = [
  formatCheck(root),
  typeCheck(root, 'types', 'tsconfig.json'),
  typeCheck(root, 'types:ends', 'tsconfig.ends.json'),
  driftCheck(root, 'drift', driftGenerators(root)),
  {
    name: 'boundaries',
    run: () => applyExceptions(checkBoundaries(tree), readExceptions(join(root, listFile)), listFile),
  },
  { name: 'i18n', run: () => checkTexts(tree) },
  { name: 'glossary', run: () => checkGlossary(tree) },
  driftCheck(root, 'modules-doc', [modulesGenerator(root, tree)]),
];

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(`No check is called ${unknown.join(', ')}. There are: ${checks.map(({ name }) => name).join(', ')}.`);
  process.exit(2);
}

const started = performance.now();
const chosen = checks.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const results = await Promise.all(chosen.map(runCheck));
for (const result of results) console.log(describeResult(result).join('\n'));

const bad = results.filter(failed);
const seconds = ((performance.now() - started) / 1000).toFixed(1);
const findings = bad.reduce((sum, result) => sum + result.findings.length, 0);
console.log(
  bad.length === 0
    ? `all ${results.length} checks ok, ${seconds} s`
    : `${bad.length} of ${results.length} checks failed, ${findings} findings, ${seconds} s`,
);
// Composing the platform for its API document may leave handles open; there is nothing more to do here.
process.exit(bad.length === 0 ? 0 : 1);
