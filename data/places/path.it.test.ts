import type { Actor } from '@keystead/contracts/access';
import { startPlatform, type TestPlatform } from '@keystead/kernel/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { places } from './module.ts';
import type { PlacesService } from './setup.ts';

let platform: TestPlatform;
let service: PlacesService;
let keeper: Actor;

beforeAll(async () => {
  platform = await startPlatform(places);
  service = platform.services.places as PlacesService;
  keeper = platform.actor('place:read', 'place:write');
});
afterAll(() => platform.stop());

/** A small generator with a seed, so that a failure can be run again. */
function dice(seed: number) {
  let state = seed;
  return (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

interface Shadow {
  id: string;
  parent: string | null;
}

/** Nodes whose path is not their parent's with their own segment behind it. */
const broken = `
  select c.id from places.place c left join places.place p on p.id = c.parent
  where c.path <> coalesce(p.path, '') || substring(c.path from '[0-9a-z]+/$')`;

test.each([1, 2, 3])(
  'after any sequence of create, move and remove each path is its parent’s plus one segment (seed %i)',
  async (seed) => {
    const roll = dice(seed);
    const nodes = new Map<string, Shadow>();
    const root = await service.create(keeper, { parent: null, kind: 'region', code: `root-${seed}`, name: 'root' });
    nodes.set(root.id, { id: root.id, parent: null });
    const pick = (): Shadow => [...nodes.values()][roll(nodes.size)] as Shadow;
    const isBelow = (id: string, ancestor: string): boolean => {
      for (let at: string | null = id; at !== null; at = nodes.get(at)?.parent ?? null)
        if (at === ancestor) return true;
      return false;
    };
    for (let step = 0; step < 80; step++) {
      const [node, other] = [pick(), pick()];
      const move = roll(10);
      if (move < 5) {
        const made = await service
          .create(keeper, { parent: node.id, kind: 'region', code: `n${seed}-${step}`, name: 'n' })
          .catch((cause: Error) => expect(cause.name).toBe('place-too-deep'));
        if (made) nodes.set(made.id, { id: made.id, parent: node.id });
      } else if (move < 9) {
        const outcome = await service.move(keeper, node.id, other.id).then(
          () => 'moved',
          (cause: Error) => cause.name,
        );
        if (isBelow(other.id, node.id)) expect(outcome).toBe('place-in-itself');
        else if (outcome === 'moved') nodes.set(node.id, { ...node, parent: other.id });
        else expect(outcome).toBe('place-too-deep');
      } else if (node.id !== root.id) {
        const leaf = ![...nodes.values()].some((each) => each.parent === node.id);
        const outcome = await service.remove(keeper, node.id).then(
          () => 'removed',
          (cause: Error) => cause.name,
        );
        expect(outcome).toBe(leaf ? 'removed' : 'place-has-children');
        if (leaf) nodes.delete(node.id);
      }
    }
    expect((await platform.owner.query(broken)).rows).toEqual([]);
    const found = (await service.search(keeper, { under: (await service.get(keeper, root.id)).path, limit: 200 }))
      .items;
    expect(new Map(found.map((place) => [place.id as string, place.parent]))).toEqual(
      new Map([...nodes.values()].map((each) => [each.id, each.parent])),
    );
  },
);
