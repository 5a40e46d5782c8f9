import { problem } from '@keystead/contracts/problem';
import { type Component, packageKey } from './software.ts';
import { compareVersions } from './version.ts';

/** 1 = critical … 4 = low, as alarms count. */
export type Severity = 1 | 2 | 3 | 4;

/** From `introduced` (absent: from the first) up to, without, `fixed`, or up to and with `lastAffected`. */
export interface AffectedRange {
  readonly introduced?: string;
  readonly fixed?: string;
  readonly lastAffected?: string;
}

export interface AffectedPackage {
  readonly ecosystem: string;
  readonly name: string;
  readonly ranges: readonly AffectedRange[];
  /** Single versions beside the ranges. */
  readonly versions: readonly string[];
}

/** A published weakness and what removes it 安全公告. */
export interface AdvisoryDraft {
  /** Of its publisher: `CVE-2025-1094`, `GHSA-…`, `DSA-…`. */
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  readonly severity: Severity;
  readonly affected: readonly AffectedPackage[];
  readonly links: readonly string[];
  readonly publishedAt: Date | null;
  /** Its publisher took it back. */
  readonly withdrawnAt: Date | null;
}

export interface Advisory extends AdvisoryDraft {
  readonly id: string;
  readonly source: 'hand' | 'osv' | 'csaf';
  readonly version: number;
}

export class AdvisoryMissing extends problem('advisory-missing', 404) {}
/** There is one of that code already. */
export class AdvisoryCodeTaken extends problem('advisory-code-taken', 409) {}

function within(ecosystem: string, version: string, { introduced, fixed, lastAffected }: AffectedRange): boolean {
  if (introduced !== undefined && introduced !== '0' && compareVersions(ecosystem, version, introduced) < 0)
    return false;
  if (fixed !== undefined && compareVersions(ecosystem, version, fixed) >= 0) return false;
  return lastAffected === undefined || compareVersions(ecosystem, version, lastAffected) <= 0;
}

/** Whether a version is affected, and the version that would not be; undefined when it is not affected. */
export function weaknessOf(affected: AffectedPackage, version: string): { fixed: string | null } | undefined {
  const range = affected.ranges.find((each) => within(affected.ecosystem, version, each));
  if (range) return { fixed: range.fixed ?? null };
  return affected.versions.some((each) => compareVersions(affected.ecosystem, version, each) === 0)
    ? { fixed: affected.ranges.find(({ fixed }) => fixed !== undefined)?.fixed ?? null }
    : undefined;
}

export interface Hit {
  readonly advisory: Advisory;
  readonly component: Component;
  readonly fixed: string | null;
}

/** Which advisories speak of a component; asked for each component of each asset, so found by name. */
export function createMatcher(advisories: readonly Advisory[]): (component: Component) => Hit[] {
  const byPackage = new Map<string, { advisory: Advisory; affected: AffectedPackage }[]>();
  for (const advisory of advisories)
    for (const affected of advisory.affected) {
      const key = packageKey(affected);
      byPackage.set(key, [...(byPackage.get(key) ?? []), { advisory, affected }]);
    }
  return (component) => {
    const hits = new Map<string, Hit>();
    for (const { advisory, affected } of byPackage.get(packageKey(component)) ?? []) {
      const weakness = weaknessOf(affected, component.version);
      if (weakness && !hits.has(advisory.id)) hits.set(advisory.id, { advisory, component, fixed: weakness.fixed });
    }
    return [...hits.values()];
  };
}
