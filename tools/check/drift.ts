import { findDrift, type Generator } from '../gen/index.ts';
import type { Check, Finding } from './finding.ts';

/** Files that a generator would write differently now; a generator that fails is a finding, the others still speak. */
export function driftCheck(root: string, name: string, generators: readonly Generator[]): Check {
  return {
    name,
    run: async () => {
      const findings: Finding[] = [];
      for (const generator of generators) {
        const drift = await findDrift(root, generator).catch((cause: unknown) => String(cause));
        if (typeof drift === 'string') {
          findings.push({ rule: `broken-${generator.name}`, file: 'tools/gen/generators.ts', line: 1, message: drift });
          continue;
        }
        for (const { file, line, missing } of drift) {
          const message = `${missing ? 'is not there' : 'is out of date'}: npm run gen -- ${generator.name}`;
          findings.push({ rule: `stale-${generator.name}`, file, line, message });
        }
      }
      return findings;
    },
  };
}
