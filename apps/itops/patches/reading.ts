import { type Advisory, createMatcher } from './advisory.ts';
import type { AssetReading } from './inventory.ts';
import { type Component, packageKey } from './software.ts';
import type { Finding } from './task.ts';

/** What a reading found about one advisory in one group of assets. */
export interface GroupReading {
  readonly advisory: Advisory;
  readonly group: string;
  readonly findings: readonly Finding[];
}

/** A finding of before, to be read again. */
export interface KnownFinding {
  readonly advisory: string;
  readonly asset: string;
  readonly ecosystem: string;
  readonly package: string;
  readonly version: string;
  readonly fixed: string | null;
}

const mostFindings = 100_000;

/** Too many assets are affected to hold their findings at once. */
export class TooManyFindings extends Error {}

/**
 * Compares what assets run with what is known to be weak. Every affected component is a finding; one found before that
 * is not affected any more is `patched`, or `gone` when the asset no longer has it.
 */
export async function readAssets(
  assets: AsyncIterable<AssetReading>,
  advisories: readonly Advisory[],
  known: readonly KnownFinding[],
): Promise<GroupReading[]> {
  const match = createMatcher(advisories);
  const byId = new Map(advisories.map((advisory) => [advisory.id, advisory]));
  const before = Map.groupBy(known, ({ asset }) => asset);
  const groups = new Map<string, { advisory: Advisory; group: string; findings: Map<string, Finding> }>();
  let count = 0;

  function add(advisory: Advisory, finding: Finding): void {
    const { group } = finding.asset;
    const key = `${advisory.id} ${group}`;
    const found = groups.get(key) ?? { advisory, group, findings: new Map<string, Finding>() };
    groups.set(key, found);
    const place = `${finding.asset.id} ${packageKey({ ecosystem: finding.ecosystem, name: finding.package })}`;
    if (found.findings.has(place)) return;
    if (++count > mostFindings) throw new TooManyFindings(`more than ${mostFindings} findings`);
    found.findings.set(place, finding);
  }

  for await (const { asset, software, inUse, seenAt } of assets) {
    const present = new Map<string, Component>();
    for (const component of software.components) {
      present.set(packageKey(component), component);
      if (!inUse) continue;
      for (const { advisory, fixed } of match(component)) {
        const { ecosystem, name, version } = component;
        add(advisory, { asset, ecosystem, package: name, version, fixed, state: 'affected', seenAt });
      }
    }
    for (const { advisory: id, asset: _, ...was } of before.get(asset.id) ?? []) {
      const advisory = byId.get(id);
      if (!advisory) continue;
      const now = present.get(packageKey({ ecosystem: was.ecosystem, name: was.package }));
      const here = now !== undefined && inUse;
      // An affected component found above stays what it is: `add` keeps the first.
      add(advisory, { asset, ...was, version: now?.version ?? was.version, state: here ? 'patched' : 'gone', seenAt });
    }
  }
  return [...groups.values()].map(({ findings, ...group }) => ({ ...group, findings: [...findings.values()] }));
}
