import { rangeOf } from '@keystead/ui/time';
import { useMemo, useState } from 'react';
import { oneOf, useAddress } from '../../parts/index.ts';
import type { LineQuery } from './queries.ts';

export const kinds = ['operation', 'access', 'device', 'system'] as const;
export const outcomes = ['done', 'refused', 'failed'] as const;

const actionForm = /^[a-z][a-z0-9.-]*$/;

/** The filter of the journal as it stands in the address. A span that ends now is fixed until it is asked again. */
export function useLineFilter() {
  const { get, put } = useAddress();
  const [asked, setAsked] = useState(() => new Date());
  const range = get('range') ?? '24h';
  const kind = oneOf(kinds, get('kind'));
  const outcome = oneOf(outcomes, get('outcome'));
  const actor = get('actor');
  const action = get('action');
  const subject = get('subject');
  const text = get('text');
  const query: LineQuery = useMemo(() => {
    const { from, to } = rangeOf(range, asked);
    return {
      from: from.toISOString(),
      // What happens now is still to be seen: only a range that was chosen to end has an end.
      ...(range.includes('~') ? { to: to.toISOString() } : {}),
      ...(kind ? { kind } : {}),
      ...(outcome ? { outcome } : {}),
      ...(actor ? { actor } : {}),
      ...(action && actionForm.test(action) ? { action } : {}),
      ...(subject ? { subject } : {}),
      ...(text ? { text } : {}),
    };
  }, [range, asked, kind, outcome, actor, action, subject, text]);
  return {
    range,
    kind,
    outcome,
    actor,
    action,
    subject,
    text,
    query,
    put,
    openId: get('line'),
    verifying: get('verify') !== undefined,
    /** Asks again, with a span that ends now. */
    again: () => setAsked(new Date()),
  };
}
