import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { type ThingFilter, usePlaceById } from '../queries.ts';

export const onlineStates = ['online', 'offline', 'unknown'] as const;
export const lifeStates = [
  'planned',
  'purchased',
  'stored',
  'installed',
  'commissioned',
  'in-use',
  'maintenance',
  'retired',
  'scrapped',
] as const;
export type LifeState = (typeof lifeStates)[number];
export const whitelists = ['admitted', 'suspended', 'revoked'] as const;

export const equipmentClasses = ['production', 'non-production'] as const;

const oneOf = <T extends string>(known: readonly T[], text: string | null): T | undefined =>
  known.find((each) => each === text);

/** The filter of the list as it stands in the address; `place` is an id there and a path in the question. */
export function useThingFilter() {
  const [search, setSearch] = useSearchParams();
  const placeId = search.get('place') ?? undefined;
  const place = usePlaceById(placeId);
  const under = place.data?.path;
  const filter: ThingFilter = useMemo(() => {
    const text = search.get('text');
    const family = search.get('family');
    const online = oneOf(onlineStates, search.get('online'));
    const state = oneOf(lifeStates, search.get('state'));
    const whitelist = oneOf(whitelists, search.get('whitelist'));
    const equipmentClass = oneOf(equipmentClasses, search.get('class'));
    return {
      ...(text ? { text } : {}),
      ...(family ? { family } : {}),
      ...(online ? { online } : {}),
      ...(state ? { state } : {}),
      ...(whitelist ? { whitelist } : {}),
      ...(equipmentClass ? { equipmentClass } : {}),
      ...(under ? { under } : {}),
    };
  }, [search, under]);
  const put = (name: string, value: string | undefined) =>
    setSearch(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );
  /** False while the place in the address is still being looked up. */
  const ready = placeId === undefined || under !== undefined;
  return { filter, placeId, ready, placeError: place.error, put };
}
