import { readFileSync } from 'node:fs';
import { faultsOf } from '@keystead/apps/housing/allocation';

/**
 * `npm run lottery:verify -- <file>`: runs a published draw again out of nothing but its file. Exit code 0 = it holds,
 * 1 = it does not, 2 = could not be read.
 */
const texts: Record<string, string> = {
  format: '不是摇号公示文件 / not the file of a draw',
  'list-hash': '名单与其哈希不符 / the list does not match its hash',
  'seed-hash': '种子与事先承诺不符 / the seed does not match its commitment',
  order: '按种子重算的顺序不同 / the order differs when drawn again',
};

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const [file] = process.argv.slice(2);
try {
  if (file === undefined) throw new Error('npm run lottery:verify -- <file>');
  const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
  const faults = faultsOf(value);
  say(faults.length === 0 ? '✓ 摇号结果可复算，一致 / the draw holds' : '✗ 摇号结果不一致 / the draw does not hold');
  for (const fault of faults) say(`  ✗ ${texts[fault] ?? fault}`);
  process.exitCode = faults.length === 0 ? 0 : 1;
} catch (cause) {
  process.stderr.write(`✗ 无法读取 / cannot be read: ${cause instanceof Error ? cause.message : cause}\n`);
  process.exitCode = 2;
}
