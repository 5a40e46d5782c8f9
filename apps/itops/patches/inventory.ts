import type { OrganisationId } from '@keystead/contracts/access';
import type { ThingsService } from '@keystead/data/things';
import type { Clock } from '@keystead/kernel/base';
import type { SoftwareBill } from './sbom.ts';
import { readSoftware, type SoftwareList, softwareAttribute } from './software.ts';
import type { Asset } from './task.ts';

/** What one asset runs, when it said so. */
export interface AssetReading {
  readonly asset: Asset;
  readonly software: SoftwareList;
  readonly inUse: boolean;
  readonly seenAt: Date;
  /** Where to go on after it. */
  readonly number: number;
}

export const platformGroup = 'platform';
const page = 1000;

export interface InventoryParts {
  readonly clock: Clock;
  readonly things: Pick<ThingsService, 'attributes'>;
  /** The platform's own software, read anew. */
  readonly ownSoftware: () => Promise<SoftwareBill>;
  /** Who operates the installation; the platform is an asset of theirs. */
  readonly operator: () => Promise<string | undefined>;
}

/** Everything that tells what it runs: the platform, and things with the attribute `software`. */
export function createInventory({ clock, things, ownSoftware, operator }: InventoryParts) {
  async function platform(): Promise<AssetReading> {
    const { name, parts } = await ownSoftware();
    return {
      asset: { kind: 'platform', id: 'platform', label: name, place: '', group: platformGroup },
      software: { components: parts, unreadable: 0 },
      inUse: true,
      seenAt: clock.now(),
      number: 0,
    };
  }

  /** Things `after` a number, at most `limit`. */
  async function thingsAfter(
    organisation: string,
    query: { after: number; limit: number; only?: readonly string[] },
  ): Promise<AssetReading[]> {
    const rows = await things.attributes.reported(organisation, softwareAttribute, query);
    return rows.map(({ number, id, code, name, family, place, inUse, value, at }) => ({
      asset: { kind: 'thing', id, label: name || code, place, group: `family:${family}` },
      software: readSoftware(value),
      inUse,
      seenAt: at,
      number,
    }));
  }

  const isOperator = async (organisation: OrganisationId): Promise<boolean> => (await operator()) === organisation;

  /** Each asset in turn; with `only`, those of these ids. */
  async function* all(organisation: OrganisationId, only?: readonly string[]): AsyncGenerator<AssetReading> {
    if ((only === undefined || only.includes('platform')) && (await isOperator(organisation))) yield await platform();
    const ids = only?.filter((id) => id !== 'platform');
    if (ids?.length === 0) return;
    for (let after = 0; ; ) {
      const readings = await thingsAfter(organisation, { after, limit: page, ...(ids ? { only: ids } : {}) });
      yield* readings;
      const last = readings.at(-1);
      if (last === undefined || readings.length < page) return;
      after = last.number;
    }
  }

  return { all, platform, thingsAfter, isOperator };
}

export type Inventory = ReturnType<typeof createInventory>;
