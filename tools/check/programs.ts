import { execFile } from 'node:child_process';
import { join, relative } from 'node:path';
import type { Check, Finding } from './finding.ts';

interface Ended {
  readonly code: number;
  readonly output: string;
}

function runTool(root: string, name: string, args: readonly string[]): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const program = join(root, 'node_modules/.bin', name);
    execFile(program, [...args], { cwd: root, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error && typeof error.code !== 'number') reject(error);
      else resolve({ code: typeof error?.code === 'number' ? error.code : 0, output: stdout || stderr });
    });
  });
}

interface BiomeDiagnostic {
  readonly severity: string;
  readonly message: string;
  readonly category?: string;
  readonly location?: { readonly path?: string; readonly start?: { readonly line: number } };
}

/** Errors and warnings in Biome's JSON report; text around the JSON (colours) is cut off. */
export function readBiome(output: string): Finding[] {
  const report: { diagnostics: BiomeDiagnostic[] } = JSON.parse(
    output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1),
  );
  return report.diagnostics
    .filter(({ severity }) => severity !== 'information')
    .map(({ category, message, location }) => ({
      rule: category ?? 'biome',
      file: location?.path ?? '',
      line: Math.max(1, location?.start?.line ?? 1),
      message,
    }));
}

/** Findings in what `tsc --pretty false` prints; a line without a place belongs to the one before. */
export function readTypeErrors(output: string, root: string): Finding[] {
  const findings: Finding[] = [];
  for (const text of output.split('\n')) {
    const placed = /^(.+?)\((\d+),\d+\): error (TS\d+): (.*)$/.exec(text);
    if (placed) {
      const [, file = '', line = '1', rule = '', message = ''] = placed;
      findings.push({ rule, file: relative(root, join(root, file)), line: Number(line), message });
      continue;
    }
    const open = /^error (TS\d+): (.*)$/.exec(text);
    if (open) findings.push({ rule: open[1] ?? '', file: 'tsconfig.json', line: 1, message: open[2] ?? '' });
  }
  return findings;
}

/** Format and lint, by Biome, as errors even where Biome only warns. */
export function formatCheck(root: string): Check {
  return {
    name: 'format+lint',
    run: async () => {
      const { code, output } = await runTool(root, 'biome', [
        'ci',
        '--reporter=json',
        '--max-diagnostics=500',
        '--error-on-warnings',
      ]);
      const findings = readBiome(output);
      if (code !== 0 && findings.length === 0) throw new Error(`biome ended with ${code}: ${output.slice(0, 400)}`);
      return findings;
    },
  };
}

/** Types of one tsconfig. */
export function typeCheck(root: string, name: string, project: string): Check {
  return {
    name,
    run: async () => {
      const { code, output } = await runTool(root, 'tsc', ['-p', project, '--pretty', 'false']);
      const findings = readTypeErrors(output, root);
      if (code !== 0 && findings.length === 0) throw new Error(`tsc ended with ${code}: ${output.slice(0, 400)}`);
      return findings;
    },
  };
}
