import { benchmarks } from './benchmarks/index.ts';
import { keep, resultOf, table } from './result.ts';

/** `npm run bench` lists; `npm run bench -- <name> [--json] [--<option> <number>]` runs one. */
const [name, ...rest] = process.argv.slice(2);
const json = rest.includes('--json');
const say = (line: string) => void (json ? process.stderr : process.stdout).write(`${line}\n`);

function option(wanted: string, standard: number): number {
  const at = rest.indexOf(`--${wanted}`);
  if (at === -1) return standard;
  const value = Number(rest[at + 1]);
  if (!Number.isFinite(value)) throw new Error(`--${wanted}: a number is wanted`);
  return value;
}

if (name === undefined || name.startsWith('-')) {
  const width = Math.max(...benchmarks.map((each) => each.name.length));
  for (const each of benchmarks) console.log(`  ${each.name.padEnd(width)}  ${each.summary}`);
} else {
  const wanted = benchmarks.find((each) => each.name === name);
  if (wanted === undefined) {
    console.error(`no benchmark is named ${name}: ${benchmarks.map((each) => each.name).join(', ')}`);
    process.exit(2);
  }
  say(`${wanted.name}  ${wanted.summary}`);
  const result = resultOf(wanted.name, await wanted.run({ say: (line) => say(`  ${line}`), option }));
  keep(result);
  say(table(result, wanted.goals));
  const { cpu, cores, memory, node, postgres } = result.machine;
  say(`  ${cpu} × ${cores}, ${memory}, Node ${node}, PostgreSQL ${postgres}, ${result.commit}`);
  if (json) console.log(JSON.stringify(result));
  process.exit(0);
}
