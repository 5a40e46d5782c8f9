import { openPlatform } from '@keystead/simulator/platform';
import { inspectTable, readRows, type TableFile } from './csv.ts';
import { type Learned, learnTable, type Naming, namesFor } from './learning.ts';
import { BadRows, problemLines, showProgress } from './progress.ts';
import { type Reading, rowReader } from './readings.ts';
import { registerTable } from './registering.ts';
import { type SendingFigures, sendReadings } from './sending.ts';

export interface ReplayOptions {
  readonly file: string;
  readonly name?: string;
  readonly code?: string;
  readonly speed: number;
  readonly window: number;
  readonly zone?: string;
  readonly apiUrl: string;
  readonly apiKey: string;
  readonly mqttPort: number;
  readonly stopped: AbortSignal;
}

/** Time of the first row of a table without times, ms: its last row is taken to be of now. */
async function firstTime(file: string, table: TableFile, { plan, headed, interval }: Learned): Promise<number> {
  const now = Math.floor(Date.now() / 1000) * 1000;
  if (plan.time !== undefined) return now;
  let rows = headed ? -1 : 0;
  for await (const _row of readRows(file, table, () => {})) rows += 1;
  return now - Math.max(0, rows - 1) * interval * 1000;
}

/** The recorded table as one thing: model, registration, readings with their own times. Answers what was done. */
export async function replay(
  options: ReplayOptions,
  out: NodeJS.WriteStream,
): Promise<{ figures: SendingFigures; bad: BadRows }> {
  const { file, speed, window, zone, apiUrl, apiKey, mqttPort, stopped } = options;
  const say = (line: string) => void out.write(`${line}\n`);
  const table = await inspectTable(file);
  const standard = namesFor(file, options.name);
  const naming: Naming = options.code ? { ...standard, code: options.code } : standard;
  const learned = await learnTable(file, table, naming, zone);
  const { plan } = learned;
  say(
    `✓ 物模型 / model  ${naming.family}   ${plan.model.properties.map(({ id, unit }) => (unit ? `${id} (${unit})` : id)).join(', ')}`,
  );
  for (const { column, reason } of plan.skipped) say(`  略过列 / column left out  ${column}: ${reason}`);
  const begin = await firstTime(file, table, learned);
  if (plan.time === undefined)
    say(
      `  没有时间列：每行相隔 ${learned.interval} 秒，到现在为止 / no time column: rows are ${learned.interval} s apart and end now`,
    );

  const thing = await registerTable(openPlatform({ url: apiUrl, apiKey }), plan.model, naming);
  say(
    `✓ 设备 / thing  ${naming.code}   ${thing.isNew ? '新登记 / registered' : '已有 / there already'}   v${thing.modelVersion}`,
  );

  const bad = new BadRows();
  const figures: SendingFigures = { sent: 0, acknowledged: 0, problems: new Map() };
  let share = 0;
  async function* readings(): AsyncGenerator<Reading> {
    const read = rowReader(learned, begin, zone);
    let header = learned.headed;
    let passed = 0;
    for await (const row of readRows(file, table, ({ line, reason }) => bad.add(line, reason))) {
      passed += row.cells.reduce((sum, cell) => sum + cell.length + 1, 0);
      share = passed / table.bytes;
      if (header) {
        header = false;
        continue;
      }
      const reading = read(row);
      if ('reason' in reading) bad.add(reading.line, reading.reason);
      else yield reading;
    }
  }
  const finish = showProgress(out, figures, bad, () => share);
  const { hostname: host } = new URL(apiUrl);
  const { code } = naming;
  await sendReadings(readings(), figures, {
    host,
    port: mqttPort,
    code,
    token: thing.token,
    window,
    speed,
    stopped,
  }).finally(() => {
    if (!stopped.aborted) share = Math.max(share, 1);
    const seconds = finish();
    for (const line of [...bad.lines(), ...problemLines(figures)]) say(line);
    const done = stopped.aborted
      ? '✗ 已中断，再次运行即可补全 / interrupted; run it again to complete it'
      : '✓ 完成 / done';
    say(`${done}   ${figures.acknowledged} 行 / rows   ${seconds.toFixed(1)} s`);
  });
  return { figures, bad };
}
