import type { Place } from '../../source/index.ts';

/**
 * Architecture §2, "who may import whom", row by row. A target is a room or a module; `needs` marks rooms whose doors
 * must also be declared in `module.ts`; `types` marks rooms of which only types may be taken.
 */
interface Row {
  readonly from: string;
  readonly may: readonly string[];
  readonly needs?: readonly string[];
  readonly types?: readonly string[];
}

const outside = ['contracts', 'terminals', 'server', 'ends/sdk'];

const rows: readonly Row[] = [
  { from: 'contracts', may: ['contracts'] },
  { from: 'kernel', may: ['contracts', 'kernel'] },
  { from: 'edge/agent', may: ['contracts', 'kernel/base', 'terminals'] },
  { from: 'edge/gateway', may: ['contracts', 'kernel', 'terminals'] },
  { from: 'terminals', may: ['contracts', 'kernel/base', 'terminals/port'] },
  { from: 'data', may: ['contracts', 'kernel'], needs: ['data'] },
  { from: 'apps', may: ['contracts', 'kernel'], needs: ['data', 'apps'] },
  { from: 'ends/ui', may: ['ends/ui'], types: ['contracts'] },
  { from: 'ends/sdk', may: [], types: ['contracts'] },
  { from: 'ends', may: ['ends/ui', 'ends/sdk'], types: ['contracts'] },
  { from: 'server', may: ['contracts', 'kernel', 'terminals', 'edge', 'data', 'apps', 'ends/sdk', 'simulator'] },
  { from: 'simulator', may: ['contracts', 'ends/sdk', 'simulator'] },
  // The server's public entry (its own doors, and its HTTP face as the SDK) and the protocols.
  { from: 'tests', may: outside },
  { from: 'bench', may: outside },
  { from: 'tools', may: ['server', 'kernel', 'tools'] },
];

const within = (place: string, area: string): boolean => place === area || place.startsWith(`${area}/`);

const covered = (place: string, areas: readonly string[] | undefined): boolean =>
  areas?.some((area) => within(place, area)) ?? false;

/** Closed to code that runs in production; what stands in one may use the doors of whatever it sets up. */
const benches = ['kernel/testing', 'terminals/testing', 'apps/housing/testing', 'apps/insight/testing'];

export type Verdict = 'allowed' | 'needs-declaration' | 'types-only' | 'forbidden';

/**
 * What the table says of an import from one module to another. Tests beside the code, and what stands in a
 * `testing/` folder for them, may also use the benches, which are closed to code that runs in production (except inside
 * them and in the black-box rooms). A `testing/` folder sets up more than its module needs, as a bench does.
 */
export function verdict(from: Place, to: Place): Verdict {
  if (from.module === to.module) return 'allowed';
  const bench = benches.find((testing) => within(to.module, testing));
  const forTests = from.file.includes('/testing/');
  if (bench !== undefined) {
    const mayTest =
      from.test || forTests || ['tests', 'bench', 'tools'].includes(from.room) || within(from.module, bench);
    return mayTest ? 'allowed' : 'forbidden';
  }
  const row = rows.find((candidate) => within(from.module, candidate.from));
  if (!row) return 'forbidden';
  if (covered(to.module, row.may)) return 'allowed';
  if (covered(to.module, row.needs))
    return forTests || benches.some((testing) => within(from.module, testing)) ? 'allowed' : 'needs-declaration';
  if (covered(to.module, row.types)) return 'types-only';
  return 'forbidden';
}
