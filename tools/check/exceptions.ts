import { readFileSync } from 'node:fs';
import type { Finding } from './finding.ts';

/** A finding that is let pass, with the reason why. The list is in one file and only shrinks. */
export interface Exception {
  readonly rule: string;
  readonly file: string;
  readonly reason: string;
}

export function readExceptions(file: string): Exception[] {
  const list: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (!Array.isArray(list)) throw new Error(`${file}: a list of { rule, file, reason } is expected`);
  return list.map((entry: Partial<Exception>) => {
    const { rule, file: place, reason } = entry;
    if (!rule || !place || !reason?.trim()) throw new Error(`${file}: an exception needs rule, file and reason`);
    return { rule, file: place, reason };
  });
}

/** Takes excepted findings out; an exception that excuses nothing any more is itself a finding (`stale-exception`). */
export function applyExceptions(
  findings: readonly Finding[],
  exceptions: readonly Exception[],
  listFile: string,
): Finding[] {
  const matches = (exception: Exception, finding: Finding) =>
    exception.rule === finding.rule && exception.file === finding.file;
  const left = findings.filter((finding) => !exceptions.some((exception) => matches(exception, finding)));
  for (const exception of exceptions) {
    if (findings.some((finding) => matches(exception, finding))) continue;
    const message = `${exception.rule} at ${exception.file} is no longer needed: take it off the list`;
    left.push({ rule: 'stale-exception', file: listFile, line: 1, message });
  }
  return left;
}
