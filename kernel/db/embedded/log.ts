import { closeSync, copyFileSync, fstatSync, openSync, readSync, statSync, truncateSync } from 'node:fs';

const most = 8 * 1024 * 1024;
const tailBytes = 8192;
const complaint = /FATAL|PANIC|ERROR|error|cannot|could not/;

export function logSize(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** The end of the log since `from` bytes: at most 40 lines. */
export function tailOf(path: string, from: number): string[] {
  const file = openSync(path, 'r');
  try {
    const { size } = fstatSync(file);
    const start = Math.max(Math.min(from, size), size - tailBytes);
    const bytes = Buffer.alloc(size - start);
    readSync(file, bytes, 0, bytes.length, start);
    return bytes
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .slice(-40);
  } finally {
    closeSync(file);
  }
}

/** The last line that says what went wrong, without its time stamp. */
export function reasonIn(lines: readonly string[]): string {
  const line = lines.findLast((one) => complaint.test(one)) ?? lines.at(-1) ?? '';
  return line.replace(/^.*? \[\d+\] /, '');
}

/**
 * Keeps the log below its bound: the full one becomes `….1` and the server goes on in the emptied file, which it only
 * appends to. It writes the file itself, so that it loses no line when we are not there.
 */
export function boundLog(path: string, bytes = most): void {
  if (logSize(path) <= bytes) return;
  copyFileSync(path, `${path}.1`);
  truncateSync(path);
}
