import { type PlaceRef, type Platform, patiently } from '@keystead/simulator/platform';
import { ensureAccounts } from './accounts.ts';
import { commonUnits, draftOf, type Unit, unitsOf } from './inventory.ts';
import type { Keepsake } from './keepsake.ts';
import { communityRows, estateCode, homesOf, region, surroundingRows } from './layout.ts';

const regionCode = region.slice(0, region.indexOf('/'));
const renewing = 8; // token renewals at one time

/** All things of a community of so many homes. */
export const inventoryOf = (homes: number): Unit[] => [...homesOf(homes).flatMap(unitsOf), ...commonUnits(homes)];

const lastCode = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/**
 * Makes the demo community what it should be: places, things, tokens, people. Asks first and adds only what is
 * missing, so it can be cut off anywhere and run again. Answers whether anything was done.
 */
export async function seed(
  platform: Platform,
  keepsake: Keepsake,
  homes: number,
  say: (line: string) => void,
): Promise<boolean> {
  const { kept } = keepsake;
  const estate = await platform.place(estateCode, 'project');
  if (estate?.id !== kept.estate) keepsake.forget();
  if (estate && kept.homes >= homes && kept.accounts.length > 0) return false;

  const began = performance.now();
  const places = await seedPlaces(platform, homes);
  kept.estate = places.get(estateCode)?.id ?? '';
  const top = places.get(regionCode);
  if (!top) throw new Error('the region of the demo was not made');
  say(`演示小区：空间 ${places.size} 个 / ${places.size} places`);

  const units = inventoryOf(homes);
  const standing = new Map(
    (await platform.countThings(top.path)) > 0
      ? (await platform.thingsUnder(top.path)).map((thing) => [thing.code, thing.id])
      : [],
  );
  const missing = units.filter((unit) => !standing.has(unit.code));
  const rows = (wanted: readonly Unit[]) => wanted.map((unit) => draftOf(unit, places.get(unit.place)?.id ?? ''));
  await platform.importThings(rows(missing.filter((unit) => !unit.gateway)), true, (made) => {
    for (const [code, token] of made) kept.tokens[code] = token;
    keepsake.save();
  });
  await platform.importThings(rows(missing.filter((unit) => unit.gateway)), false);
  await renewTokens(platform, keepsake, units, standing);
  say(`演示小区：设备 ${units.length} 台 / ${units.length} things`);

  const scopes = new Map([...places].map(([code, { id }]) => [code, id]));
  kept.accounts = await ensureAccounts(platform, scopes, kept.accounts);
  kept.homes = homes;
  keepsake.save();
  say(`演示小区：已就绪 / seeded in ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return true;
}

/** Adds the places that are missing; answers all of them by code. */
async function seedPlaces(platform: Platform, homes: number): Promise<Map<string, PlaceRef>> {
  const standing = async () => {
    const top = await platform.place(regionCode, 'region');
    return new Map((top ? await platform.placesUnder(top.path) : []).map((place) => [place.code, place]));
  };
  const there = await standing();
  const wanted = [...surroundingRows(), ...communityRows(homesOf(homes))].filter(
    ({ path }) => !there.has(lastCode(path)),
  );
  if (wanted.length === 0) return there;
  await platform.importPlaces(wanted);
  return standing();
}

/** Things whose token was shown to nobody who kept it get another one. */
async function renewTokens(
  platform: Platform,
  keepsake: Keepsake,
  units: readonly Unit[],
  standing: ReadonlyMap<string, string>,
): Promise<void> {
  const { tokens } = keepsake.kept;
  const lost = units.filter((unit) => !unit.gateway && !tokens[unit.code] && standing.has(unit.code));
  const queue = lost.values();
  const work = async () => {
    for (const unit of queue)
      tokens[unit.code] = await patiently(() => platform.renewToken(standing.get(unit.code) ?? ''));
  };
  await Promise.all(Array.from({ length: renewing }, work));
  if (lost.length > 0) keepsake.save();
}
