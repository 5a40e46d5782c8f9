import { parseArgs } from 'node:util';
import type { OrganisationId } from '@keystead/contracts/access';
import { localDate } from '@keystead/contracts/calendar';
import { Problem } from '@keystead/contracts/problem';
import { createLog, systemClock } from '@keystead/kernel/base';
import { handedDown, settingsFromEnvironment } from '@keystead/kernel/base/config';
import { roleUrls } from '@keystead/kernel/db';
import { openInstallation } from '@keystead/kernel/ops/backup';
import { type CityHome, homeOf } from '@keystead/simulator/city';
import { type DemoChannels, furnishChannels, furnishTenant } from './city/cashier.ts';
import { housesIn, joined, loadHomes, loadWaiting, makePlaces } from './city/load.ts';
import { makePlans } from './city/rounds.ts';
import { loadTraces } from './city/traces.ts';
import { compose } from './compose.ts';

/**
 * `npm run demo:city [-- --homes 20000] [--months 60] [--seed 1]`: a city of three districts with years of history, into the
 * demo's organisation, beside a running platform or without one. `--slice` gives histories to homes of the demo community.
 * Exit code 0 = done, 1 = refused or failed.
 */
const { values } = parseArgs({
  options: {
    homes: { type: 'string' },
    months: { type: 'string' },
    seed: { type: 'string', default: '1' },
    slice: { type: 'boolean', default: false },
  },
});
const parent = process.send?.bind(process);
const say = (line: string): void => {
  if (parent) parent({ say: line });
  else process.stdout.write(`${line}\n`);
};
process.on('SIGTERM', () => process.exit(0));
process.on('disconnect', () => process.exit(0));

const slice = values.slice || handedDown('CITY') === 'slice';
const homes = Number(values.homes ?? (slice ? 300 : 20_000));
const months = Number(values.months ?? (slice ? 12 : 60));
const waiting = slice ? 24 : 200;
const tracedHomes = 400;

/** A home of the demo community as the generator knows homes; their numbers lie beyond those of the city. */
const communityHome = (floorArea: unknown, index: number): CityHome => {
  const area = typeof floorArea === 'number' ? floorArea : 50;
  return { index: 100_000 + index, path: `ASSF/${index + 1}`, project: 0, floorArea: area, rent: area * 2100 };
};

async function run(): Promise<void> {
  const settings = settingsFromEnvironment();
  const handed = { app: handedDown('APP_URL'), system: handedDown('SYSTEM_URL') };
  const opened = handed.app && handed.system ? undefined : await openInstallation(settings.DATA_DIR, say);
  const url = opened ? (settings.DATABASE_URL ?? opened.url) : undefined;
  const urls = url ? roleUrls(url) : { app: handed.app ?? '', system: handed.system ?? '' };
  const log = createLog('demo-city', 'warn');
  const platform = await compose({ role: 'tool', settings, log, urls });
  try {
    const organisation = (await platform.services.identity.home()) as OrganisationId | undefined;
    if (!organisation) throw new Error('there is no organisation yet: start the platform once');
    const today = localDate(systemClock.now());
    const target = { platform, organisation, say, settings: { seed: Number(values.seed), today, months } };
    if (!slice) await makePlaces(target, homes);
    const there = await housesIn(target, slice ? 'ASSF' : 'YC');
    const known = Array.from({ length: slice ? 0 : homes }, (_, at) => homeOf(at));
    const byCode = new Map(known.map((home) => [home.path.slice(home.path.lastIndexOf('/') + 1), home]));
    const houses = joined(there, (house, at) =>
      slice ? (at < homes ? communityHome(house.attributes.floorArea, at) : undefined) : byCode.get(house.code),
    );
    const loaded = await loadHomes(target, houses);
    const place = houses[0]?.path
      .split('/')
      .slice(0, slice ? 3 : 2)
      .join('/');
    if (loaded.homes > 0 && place !== undefined) await loadWaiting(target, `${place}/`, waiting, slice ? 0 : 1000);
    if (loaded.homes > 0 && slice) await makePlans(target, 'ASSF');
    if (loaded.homes > 0 && !slice) {
      // As many as a page or a chart can want; all of them would be sixty thousand devices nobody plays.
      const traced = houses.slice(0, tracedHomes);
      const traces = await loadTraces(target, traced).catch((cause: unknown) =>
        say(`  ! 门锁与水电表 / locks and meters   ${String(cause)}`),
      );
      if (traces)
        say(`  门锁与水电表 / locks and meters   ${traced.length} 户 / homes   ${traces} 条 / readings and openings`);
    }
    const channels = handedDown('CHANNELS');
    if (channels) await furnishChannels(target, JSON.parse(channels) as DemoChannels);
    if (slice) await furnishTenant(target);
    const speed = loaded.rows > 0 ? `   ${Math.round(loaded.rows / loaded.seconds)} /s` : '';
    say(`演示房源：${loaded.homes} 户 / homes   ${loaded.rows} 行 / rows   ${loaded.seconds.toFixed(1)} s${speed}`);
  } finally {
    await platform.stop();
    await opened?.close();
  }
}

try {
  await run();
  process.exit(0);
} catch (cause) {
  say(`✗ 演示房源 / demo city: ${cause instanceof Problem || cause instanceof Error ? cause.message : String(cause)}`);
  process.exit(1);
}
