/** Steps (insert, delete, replace, swap neighbours) between two short words. */
function distance(a: string, b: string): number {
  let older: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let steps = Math.min(
        (previous[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (previous[column - 1] ?? 0) + same,
      );
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        steps = Math.min(steps, (older[column - 2] ?? 0) + 1);
      }
      current.push(steps);
    }
    older = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The known word that was most probably meant, or undefined when none is near (a third of its length, at least 1). */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  const asked = word.toLowerCase().slice(0, 64);
  let best: string | undefined;
  let fewest = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const lower = candidate.toLowerCase();
    const allowed = Math.max(1, Math.floor(Math.max(asked.length, lower.length) / 3));
    if (Math.abs(lower.length - asked.length) > allowed) continue;
    const steps = distance(asked, lower);
    if (steps <= allowed && steps < fewest) {
      best = candidate;
      fewest = steps;
    }
  }
  return best;
}
