import { useMemo } from 'react';
import { oneOf, useAddress } from '../../parts/index.ts';
import type { DeskFilter } from './alarm.ts';

export const deskStates: readonly DeskFilter['state'][] = ['open', 'active', 'all'];

/** What the desk shows, as it stands in the address. */
export function useDeskFilter() {
  const { get, put } = useAddress();
  const state = oneOf(deskStates, get('state')) ?? 'open';
  const severity = oneOf(['1', '2', '3', '4'], get('severity'));
  const text = get('text');
  const place = get('place');
  const subject = get('subject');
  const flat = get('flat') === '1';
  const filter: DeskFilter = useMemo(
    () => ({
      state,
      // Whoever looks for a thing or for words is to find alarms under a lead too.
      gathered: !flat && !text && !subject,
      ...(severity ? { severity: Number(severity) } : {}),
      ...(text ? { text } : {}),
      ...(place ? { place } : {}),
      ...(subject ? { subject } : {}),
    }),
    [state, severity, text, place, subject, flat],
  );
  return { filter, openId: get('alarm'), put };
}
