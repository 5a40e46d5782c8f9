import type { SendingFigures } from './sending.ts';

/** Rows left out, and the first of them by line. */
export class BadRows {
  count = 0;
  readonly first: { line: number; reason: string }[] = [];

  add(line: number, reason: string): void {
    this.count += 1;
    if (this.first.length < 20) this.first.push({ line, reason });
  }

  lines(): string[] {
    if (this.count === 0) return [];
    const more = this.count > this.first.length ? [`    … ${this.count - this.first.length}`] : [];
    return [
      `  跳过的行 / rows left out  ${this.count}`,
      ...this.first.map(({ line, reason }) => `    第 ${line} 行 / line ${line}: ${reason}`),
      ...more,
    ];
  }
}

const counted = new Intl.NumberFormat('en-US');

/** One line of progress, rewritten on a terminal and written every five seconds elsewhere. */
export function showProgress(out: NodeJS.WriteStream, figures: SendingFigures, bad: BadRows, bytes: () => number) {
  const began = performance.now();
  const line = () => {
    const seconds = (performance.now() - began) / 1000;
    const rate = Math.round(figures.acknowledged / Math.max(seconds, 0.001));
    const share = Math.min(100, Math.round(bytes() * 100));
    const refused = [...figures.problems.values()].reduce((sum, count) => sum + count, 0);
    const more = `跳过 / left out ${bad.count}   被拒 / refused ${refused}`;
    return `  ${share} %   ${counted.format(figures.acknowledged)} 行 / rows   ${counted.format(rate)} 行/s   ${more}`;
  };
  const timer = setInterval(
    () => out.write(out.isTTY ? `\r${line()}\u001b[K` : `${line()}\n`),
    out.isTTY ? 200 : 5_000,
  );
  return () => {
    clearInterval(timer);
    out.write(out.isTTY ? `\r${line()}\u001b[K\n` : `${line()}\n`);
    return (performance.now() - began) / 1000;
  };
}

/** What the platform said about the rows it took. */
export function problemLines({ problems }: SendingFigures): string[] {
  if (problems.size === 0) return [];
  return ['  平台的说明 / told by the platform', ...[...problems].map(([type, count]) => `    ${type}  ${count}`)];
}
