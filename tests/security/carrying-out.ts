import type { Call, Examples } from './examples/example.ts';
import { type Operation, pathOf } from './operations.ts';
import type { Reply, Visitor } from './visitor.ts';
import type { World } from './world.ts';

/** One call of an operation, by whoever is named. */
export function carryOut(visitor: Pick<Visitor, 'ask'>, operation: Operation, call: Call): Promise<Reply> {
  const { params, query = {}, body, bytes, version } = call;
  return visitor.ask(operation.method, pathOf(operation, params), {
    query,
    ...(body === undefined ? {} : { body }),
    ...(bytes ? { bytes } : {}),
    ...(version === undefined ? {} : { headers: { 'if-match': `"${version}"` } }),
  });
}

/** What of a world that is not his somebody could change after all: each operation not refused as forbidden or missing. */
export async function trespasses(
  visitor: Pick<Visitor, 'ask'>,
  operations: readonly Operation[],
  { examples, world }: { examples: Examples; world: World },
): Promise<string[]> {
  const faults: string[] = [];
  // One after the other: examples share what they stand on, such as a household of their own.
  for (const operation of operations) {
    const call = (await examples[operation.id]?.(world)) ?? {};
    const { status, text } = await carryOut(visitor, operation, call);
    if (status !== 403 && status !== 404) faults.push(`${operation.id}: ${status} ${text.slice(0, 300)}`);
  }
  return faults;
}
