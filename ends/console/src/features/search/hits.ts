import { useQuery } from '@tanstack/react-query';
import type { Feature } from '../../shell/feature.ts';
import { sdk } from '../../shell/sdk.ts';

export interface Hit {
  /** Where it leads. */
  to: string;
  title: string;
  /** What tells it from others of the same name. */
  note: string;
}

export interface HitGroup {
  /** Text key of the group. */
  label: string;
  hits: Hit[];
}

const each = 6;

/** Pages whose name holds the words, of those the person may open. */
export function pagesNamed(
  features: readonly Feature[],
  words: string,
  may: (permission: string) => boolean,
  say: (key: string) => string,
): Hit[] {
  const wanted = words.trim().toLowerCase();
  return features
    .flatMap((feature) => feature.menu)
    .filter((entry) => may(entry.permission))
    .map((entry) => ({ to: entry.path, title: say(entry.label), note: entry.path }))
    .filter((hit) => `${hit.title} ${hit.to}`.toLowerCase().includes(wanted));
}

async function look(text: string, may: (permission: string) => boolean): Promise<HitGroup[]> {
  const [things, places, cases] = await Promise.all([
    may('thing:read') ? sdk.things.list({ query: { text, count: false, limit: each } }) : undefined,
    may('place:read') ? sdk.places.list({ query: { text, limit: each } }) : undefined,
    may('case:read') ? sdk.cases.list({ query: { text, limit: each } }) : undefined,
  ]);
  return [
    {
      label: 'search.things',
      hits: (things?.items ?? []).map(({ id, name, code }) => ({ to: `/things/${id}`, title: name, note: code })),
    },
    {
      label: 'search.places',
      hits: (places?.items ?? []).map(({ id, name, code }) => ({ to: `/places/${id}`, title: name, note: code })),
    },
    {
      label: 'search.cases',
      hits: (cases?.items ?? []).map(({ id, title, code }) => ({ to: `/cases/${id}`, title, note: code })),
    },
  ];
}

/** Things, places and orders that hold the words; asked from the second letter on. */
export const useHits = (text: string, may: (permission: string) => boolean) =>
  useQuery({
    queryKey: ['search', text],
    queryFn: () => look(text, may),
    enabled: text.length > 1,
    staleTime: 10_000,
    placeholderData: (before) => before,
  });
