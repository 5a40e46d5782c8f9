import { parseArgs } from 'node:util';
import { isProblem } from '@keystead/sdk';
import { replayAccess } from '@keystead/simulator/settings';
import { replay } from './replay.ts';

/** `npm run replay -- <csv> […]`: recorded readings of one thing, published over MQTT with their own times. */
const usage = `用法 / usage:  npm run replay -- <csv> [选项 options]

  --name <名称>   设备名称 / name of the thing (文件名 / the file's name)
  --code <编号>   设备编号 / code of the thing (CSV-…)
  --speed <N>     按记录的 N 倍速；不写则尽快 / N times real time; as fast as acknowledged when left out
  --api <URL>     平台地址 / address of the platform (http://127.0.0.1:8080)
  --key <密钥>    API 密钥 / API key (环境变量 ADMIN_API_KEY)
  --mqtt <端口>   MQTT 端口 / port (1883)
  --zone <时区>   无时区的时间按此解释 / zone of times without one (Asia/Shanghai)
  --window <N>    未确认的行数上限 / rows without an acknowledgement (500)`;

const keyless = `✗ 需要 API 密钥 / an API key is needed:
  在控制台“系统 › API 密钥”中建立一个（需 model:write thing:write thing:credential thing:read model:read），
  用 --key 或环境变量 ADMIN_API_KEY 给出；也可在启动平台时设置 ADMIN_API_KEY（至少 24 个字符）。
  Make one in the console (Settings › API keys) and give it by --key or ADMIN_API_KEY; or set ADMIN_API_KEY when starting the platform.`;

function positive(text: string | undefined, name: string, standard: number): number {
  if (text === undefined) return standard;
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new Error(`--${name}: ${text} 不是正数 / is not a positive number`);
  return value;
}

async function run(): Promise<number> {
  const text = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    options: {
      name: text,
      code: text,
      speed: text,
      api: text,
      key: text,
      mqtt: text,
      zone: text,
      window: text,
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  });
  const [file] = positionals;
  if (values.help || file === undefined || positionals.length > 1) {
    process.stdout.write(`${usage}\n`);
    return values.help ? 0 : 2;
  }
  const access = replayAccess();
  const apiKey = values.key ?? access.apiKey;
  if (!apiKey) {
    process.stderr.write(`${keyless}\n`);
    return 2;
  }
  const stopped = new AbortController();
  process.once('SIGINT', () => stopped.abort());
  process.once('SIGTERM', () => stopped.abort());
  const { figures } = await replay(
    {
      file,
      ...(values.name && { name: values.name }),
      ...(values.code && { code: values.code }),
      ...(values.zone && { zone: values.zone }),
      speed: positive(values.speed, 'speed', 0),
      window: Math.min(10_000, Math.floor(positive(values.window, 'window', 500))),
      apiUrl: (values.api ?? access.apiUrl).replace(/\/+$/, ''),
      apiKey,
      mqttPort: positive(values.mqtt, 'mqtt', access.mqttPort),
      stopped: stopped.signal,
    },
    process.stdout,
  );
  if (stopped.signal.aborted) return 130;
  return figures.acknowledged > 0 ? 0 : 1;
}

/** What a person can do something about, in one line. */
function explain(cause: unknown): string {
  if (isProblem(cause, 'unreachable'))
    return '平台没有回应，先运行 npm start / the platform does not answer; run npm start first';
  if (isProblem(cause)) {
    const fields = cause.errors.map(({ pointer, code }) => `${pointer} ${code}`).join(', ');
    return `${cause.type} (${cause.status}) ${cause.message} ${fields}`.trim();
  }
  return cause instanceof Error ? cause.message : String(cause);
}

try {
  process.exitCode = await run();
} catch (cause) {
  process.stderr.write(`✗ ${explain(cause)}\n`);
  process.exitCode = 1;
}
