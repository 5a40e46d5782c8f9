import { add, nothing, type Sums } from './measure.ts';

export interface PlaceSums extends Sums {
  /** Path of the place the rows stand at. */
  readonly place: string;
}

/** The paths above and at a path: `1/2/` → `1/`, `1/2/`. */
function* pathsTo(path: string): Generator<string> {
  for (let at = path.indexOf('/'); at !== -1; at = path.indexOf('/', at + 1)) yield path.slice(0, at + 1);
}

/**
 * Shares rows out to the children they lie under; `itself` takes what stands at the parent or under none of them. The sums of
 * all and of `itself` are those of the parent, whatever the rows.
 */
export function fold(
  rows: Iterable<PlaceSums>,
  children: readonly string[],
): { whole: Sums; itself: Sums; of: Map<string, Sums> } {
  const of = new Map(children.map((path) => [path, nothing()]));
  const whole = nothing();
  const itself = nothing();
  for (const row of rows) {
    add(whole, row);
    let home = itself;
    for (const path of pathsTo(row.place)) home = of.get(path) ?? home;
    add(home, row);
  }
  return { whole, itself, of };
}

/** Sums for each path that has rows at or below it; '' is all of them. Added to what there is `of` them. */
export function foldUp(rows: Iterable<PlaceSums>, of = new Map<string, Sums>([['', nothing()]])): Map<string, Sums> {
  const at = (path: string): Sums => {
    const found = of.get(path) ?? nothing();
    of.set(path, found);
    return found;
  };
  for (const row of rows) {
    add(at(''), row);
    for (const path of pathsTo(row.place)) add(at(path), row);
  }
  return of;
}
