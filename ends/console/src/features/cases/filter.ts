import { useMemo } from 'react';
import { oneOf, useAddress, usePlace } from '../../parts/index.ts';
import type { CaseQuery, CaseState } from './queries.ts';

export const groups = ['open', 'mine', 'overdue', 'all'] as const;
export type Group = (typeof groups)[number];

export const states = [
  'new',
  'triaged',
  'assigned',
  'accepted',
  'in-progress',
  'waiting',
  'done',
  'confirmed',
  'reopened',
  'closed',
  'cancelled',
] as const satisfies readonly CaseState[];

const grouped: Record<Group, CaseQuery> = {
  open: { open: true },
  mine: { mine: true, open: true },
  overdue: { overdue: true },
  all: {},
};

/** The filter of list and board as it stands in the address; the place is an id there and a path in the question. */
export function useCaseFilter() {
  const { get, put, key } = useAddress();
  const placeId = get('place');
  const place = usePlace(placeId);
  const under = place.data?.path;
  const chosen = useMemo(() => {
    const search = new URLSearchParams(key);
    const known = search.getAll('state').flatMap((text) => oneOf(states, text) ?? []);
    return {
      group: oneOf(groups, search.get('group') ?? undefined) ?? 'open',
      state: known,
      kind: search.getAll('kind'),
      priority: search
        .getAll('priority')
        .map(Number)
        .filter((priority) => priority >= 1 && priority <= 4),
      assignee: search.get('assignee') ?? undefined,
      subject: search.get('subject') ?? undefined,
      text: search.get('text') ?? undefined,
    };
  }, [key]);
  const query: CaseQuery = useMemo(() => {
    const { group, state, kind, priority, assignee, subject, text } = chosen;
    return {
      ...grouped[group],
      ...(state.length > 0 ? { state } : {}),
      ...(kind.length > 0 ? { kind } : {}),
      ...(priority.length > 0 ? { priority } : {}),
      ...(assignee && group !== 'mine' ? { assignee } : {}),
      ...(subject && /^[^:]+:.+$/.test(subject) ? { subject } : {}),
      ...(text ? { text } : {}),
      ...(under ? { place: under } : {}),
    };
  }, [chosen, under]);
  return {
    ...chosen,
    query,
    placeId,
    /** False while the place in the address is still being looked up. */
    ready: placeId === undefined || under !== undefined,
    placeError: place.error,
    view: get('view') === 'board' ? ('board' as const) : ('list' as const),
    openId: get('case'),
    /** What a new case is about, when another page asks for one: `?new=1&subject=thing:…&label=…`. */
    draft: get('new') ? { label: get('label') } : undefined,
    put,
    narrowed: Object.keys(query).length > Object.keys(grouped[chosen.group]).length,
  };
}

export type CaseFilter = ReturnType<typeof useCaseFilter>;
