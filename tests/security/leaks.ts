import { abreast } from './abreast.ts';
import type { Operation } from './operations.ts';
import { questionsOf, type Topic } from './questions.ts';
import type { Visitor } from './visitor.ts';

export interface Finding {
  operation: string;
  query: Record<string, string>;
  traces: string[];
}

export interface Search {
  asked: number;
  /** Answers in which something stood that gives the topic away. */
  found: Finding[];
  /** Answers that were neither given nor refused in order. */
  broken: string[];
}

/**
 * Puts every reading operation to somebody, plainly and narrowed down to a topic, and looks for traces of it in what is
 * answered. A refusal may repeat the id it was asked for.
 */
export async function searchFor(
  visitor: Visitor,
  operations: readonly Operation[],
  topic: Topic,
  traces: readonly string[],
): Promise<Search> {
  const search: Search = { asked: 0, found: [], broken: [] };
  await abreast(operations, 4, async (operation) => {
    for (const { path, query } of questionsOf(operation, topic)) {
      search.asked += 1;
      const { status, text } = await visitor.ask('GET', path, { query });
      if (status === 200) {
        const seen = traces.filter((trace) => text.includes(trace));
        if (seen.length > 0) search.found.push({ operation: operation.id, query, traces: seen });
      } else if (![204, 403, 404, 410].includes(status))
        search.broken.push(`${operation.id} ${JSON.stringify(query)}: ${status} ${text.slice(0, 300)}`);
    }
  });
  return search;
}

export const namesOf = (search: Search): string[] =>
  [...new Set(search.found.map(({ operation }) => operation))].sort();
