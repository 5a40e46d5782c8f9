import { byPlace, type Check, type Finding } from './finding.ts';

export interface Result {
  readonly name: string;
  readonly findings: readonly Finding[];
  /** Why the check itself could not run. */
  readonly broken?: string;
  readonly ms: number;
}

/** Runs one check and measures it; a check that throws is a failed one, not the end of all others. */
export async function runCheck(check: Check): Promise<Result> {
  const start = performance.now();
  try {
    const findings = [...(await check.run())].sort(byPlace);
    return { name: check.name, findings, ms: performance.now() - start };
  } catch (cause) {
    const broken = cause instanceof Error ? cause.message : String(cause);
    return { name: check.name, findings: [], broken, ms: performance.now() - start };
  }
}

export const failed = (result: Result): boolean => result.broken !== undefined || result.findings.length > 0;

/** The lines a person reads: one per check, findings below it as `file:line rule message`. */
export function describeResult(result: Result): string[] {
  const mark = failed(result) ? 'FAIL' : 'ok  ';
  const lines = [`${mark} ${result.name.padEnd(14)} ${Math.round(result.ms).toString().padStart(6)} ms`];
  if (result.broken !== undefined) lines.push(`       could not run: ${result.broken}`);
  for (const { file, line, rule, message } of result.findings)
    lines.push(`       ${file}:${line}  ${rule}  ${message}`);
  return lines;
}
