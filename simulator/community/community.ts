import { openLine } from '@keystead/simulator/fault-line';
import { openPlatform } from '@keystead/simulator/platform';
import type { DemoSettings } from '@keystead/simulator/settings';
import { accountTable } from './accounts.ts';
import { backFill } from './back-fill.ts';
import { SimulatedClock } from './clock.ts';
import { isFaultKind } from './disturbance.ts';
import { Fleet } from './fleet.ts';
import { Injection } from './injection.ts';
import { Keepsake } from './keepsake.ts';
import { inventoryOf, seed } from './seeding.ts';

const keepEvery = 30_000; // ms between two marks of simulated time
const summaryEvery = 3_600_000;
const looksEvery = 500;

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_048_576)} MB`;

function summary(fleet: Fleet): string {
  const { published, acknowledged, dropped, calls, reconnects, refused } = fleet.figures;
  const more = [
    dropped > 0 && `丢弃 / dropped ${dropped}`,
    calls > 0 && `指令 / calls ${calls}`,
    reconnects > 0 && `重连 / reconnects ${reconnects}`,
    refused > 0 && `被拒 / refused ${refused}`,
  ].filter(Boolean);
  return [
    `演示小区：连接 / connections ${fleet.connected}/${fleet.speakers.length}`,
    `设备 / devices ${fleet.devices}`,
    `消息 / messages ${acknowledged}/${published}`,
    `内存 / memory ${megabytes(process.memoryUsage.rss())}`,
    ...more,
  ].join('   ');
}

/** Seeds the demo where it is missing, then lets its devices live. `say` prints a line where people look. */
export async function openCommunity(settings: DemoSettings, say: (line: string) => void) {
  const keepsake = new Keepsake(settings.folder);
  const { kept } = keepsake;
  const platform = openPlatform({ url: settings.apiUrl, apiKey: settings.apiKey });
  await seed(platform, keepsake, settings.homes, say);

  const clock = new SimulatedClock(settings.speed, kept.time);
  const { tokens, locks } = kept;
  const fleet = new Fleet({ port: settings.mqttPort, clock, units: inventoryOf(settings.homes), tokens, locks });
  const injection = new Injection(fleet);
  const line = await openLine(settings.folder, ({ fault, home, clear }) =>
    isFaultKind(fault)
      ? injection.wish({ fault, home, clear })
      : { ok: false, text: `未知故障 / unknown fault: ${fault}` },
  );
  const stopped = new AbortController();
  const keep = () => {
    kept.time = clock.mark();
    kept.locks = fleet.grants();
    keepsake.save();
  };
  keep();
  fleet.start();

  const history = async () => {
    const points = await backFill(fleet, clock.real(), stopped.signal);
    if (points === undefined) return;
    kept.backFilled = true;
    keepsake.save();
    say(`演示小区：历史数据 ${points} 点 / ${points} readings of the last day`);
  };
  const whenConnected = setInterval(() => {
    if (fleet.connected < fleet.speakers.length * 0.99) return;
    clearInterval(whenConnected);
    say(summary(fleet));
    injection.byItself(settings.faultMinutes);
    if (!kept.backFilled) void history();
  }, looksEvery);
  const timers = [whenConnected, setInterval(keep, keepEvery), setInterval(() => say(summary(fleet)), summaryEvery)];
  for (const row of accountTable(kept.accounts)) say(row);

  return {
    fleet,
    injection,
    stop: () => {
      stopped.abort();
      for (const timer of timers) clearInterval(timer);
      injection.stop();
      line.close();
      fleet.stop();
      kept.locks = fleet.grants();
      kept.time = { ahead: Math.max(0, clock.now() - clock.real()) };
      keepsake.save();
    },
  };
}
