import { parseArgs } from 'node:util';
import { askCommunity } from '@keystead/simulator/fault-line';
import { demoFolder } from '@keystead/simulator/settings';

/** `npm run demo:fault -- smoke [home] [--clear]`: puts a fault into the running demo community, or takes it away. */
const usage = `用法 / usage:  npm run demo:fault -- <故障 fault> [户号 home] [--clear]

  smoke         烟雾，约 10 秒升到 10 %/m 以上 / smoke, beyond 10 %/m in about 10 s
  tamper        门锁被撬 / the lock is tampered with
  wrong-code    连续六次错误密码 / six wrong codes in a row
  low-battery   门锁电量低 / the lock's battery is low
  offline       家庭网关断线 / the home's gateway goes away
  stuck-meter   水表不走 / the water meter stands still
  haze, door-left-open, leak, host-busy   较轻的 / milder ones

  户号如 03-1-1402；不写则任选一户 / a home such as 03-1-1402; any when left out`;

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    options: { clear: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
    allowPositionals: true,
  });
  const [fault, home] = positionals;
  if (values.help || fault === undefined || positionals.length > 2) {
    process.stdout.write(`${usage}\n`);
    return values.help ? 0 : 2;
  }
  const reply = await askCommunity(demoFolder(), {
    fault,
    ...(home && { home }),
    ...(values.clear && { clear: true }),
  });
  process.stdout.write(`${reply.ok ? '✓' : '✗'} ${reply.text}\n`);
  return reply.ok ? 0 : 1;
}

try {
  process.exitCode = await run();
} catch (cause) {
  const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
  const away = code === 'ENOENT' || code === 'ECONNREFUSED';
  const text = away
    ? `演示小区没有运行（先 npm start） / the demo community does not run (${demoFolder()})`
    : cause instanceof Error
      ? cause.message
      : String(cause);
  process.stderr.write(`✗ ${text}\n`);
  process.exitCode = 1;
}
