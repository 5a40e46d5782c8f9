import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureConsole } from './console.ts';
import { lastWords } from './last-words.ts';
import {
  countOutcomes,
  objections,
  partialResultsFile,
  readResults,
  reasons,
  resultsFile,
  slowestFiles,
} from './results.ts';

// npm test [-- filter or options of Vitest]: unit, integration and black-box tests with all their set-up.

const root = join(import.meta.dirname, '../..');
const passedOn = process.argv.slice(2);
const file = passedOn.length === 0 ? resultsFile : partialResultsFile;
const problems: string[] = [];

mkdirSync(dirname(join(root, file)), { recursive: true });
rmSync(join(root, file), { force: true });

// Only tests of a whole installation open the console in a browser.
const projects = passedOn.filter((_, index) => passedOn[index - 1] === '--project');
const needsConsole = projects.length === 0 || projects.some((name) => name === 'black-box' || name === 'timed');
if (needsConsole)
  await ensureConsole(root, console.log).catch((cause: unknown) => {
    problems.push('the console cannot be built');
    console.error(cause instanceof Error ? cause.message : cause);
  });

const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(root, file)}`];
const vitest = spawn(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...passedOn],
  { cwd: root, stdio: ['inherit', 'inherit', 'pipe'] },
);
const dying = lastWords(20);
vitest.stderr.on('data', (chunk: Buffer) => {
  process.stderr.write(chunk);
  dying.hear(chunk.toString());
});
await once(vitest, 'close');
const ended = vitest.exitCode ?? vitest.signalCode;

const run = readResults(root, file);
if (!run) {
  console.error(`Vitest ended with ${ended} and left no results.`);
  process.exit(1);
}

console.log('\nslowest files');
for (const { file: name, ms } of slowestFiles(run, 10)) console.log(`${(ms / 1000).toFixed(1).padStart(7)} s  ${name}`);

const counts = countOutcomes(run);
problems.push(...objections(counts, Boolean(process.env.CI)));
if (problems.length === 0 && ended !== 0) problems.push(`Vitest ended with ${ended}`);
for (const reason of reasons(run, 20)) console.error(`failed: ${reason}`);
for (const words of dying.said) console.error(`a process said: ${words}`);
for (const problem of problems) console.error(`not good: ${problem}`);
console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = problems.length === 0 ? 0 : 1;
