import { useT } from '@keystead/ui/i18n';
import { useQueries } from '@tanstack/react-query';
import { Link } from 'react-router';
import { sdk } from '../sdk.ts';
import { day, minute } from './moment.ts';
import { orNothing } from './nothing.ts';

interface Card {
  key: string;
  to: string;
  title: string;
  words: string;
}

/** What waits for me outside bills and repairs: a turn to choose, keys to fetch, a neighbour's wish, an account to check. */
export function Awaiting() {
  const t = useT();
  const refetchInterval = 15_000; // ms
  const [queue, way, swaps, exits, reviews] = useQueries({
    queries: [
      { queryKey: ['queue'], queryFn: () => orNothing(() => sdk.ownAllocation.turns({})), refetchInterval },
      { queryKey: ['move-in'], queryFn: () => orNothing(() => sdk.ownMoveIn.get({})), refetchInterval },
      { queryKey: ['swaps'], queryFn: () => orNothing(() => sdk.ownSwaps.list({})), refetchInterval },
      { queryKey: ['exits'], queryFn: () => orNothing(() => sdk.ownExit.list({})), refetchInterval },
      { queryKey: ['eligibility'], queryFn: () => orNothing(() => sdk.ownEligibility.get({})), refetchInterval },
    ],
  });
  const cards: Card[] = [];
  const put = (key: string, to: string, words = '') =>
    cards.push({ key: `${key} ${cards.length}`, to, title: t(`tenant.awaits.${key}`), words });
  for (const turn of queue.data?.turns ?? []) {
    if (turn.open) put('choose', '/queue', turn.name);
    else if (turn.state === 'open' && !turn.intent && queue.data?.position) put('plan', '/queue', turn.name);
    else if (turn.intent?.state === 'intended' && turn.intent.slotFrom)
      put('slot', '/queue', minute(turn.intent.slotFrom));
  }
  if (queue.data?.position) put('position', '/queue', t('tenant.queue.position', { position: queue.data.position }));
  if (way.data?.process.state === 'allocated') put('allocated', '/move-in');
  if (way.data?.process.state === 'contract' && way.data.lease?.state !== 'pending-tenant')
    put('handover', '/move-in', way.data.process.appointmentAt ? minute(way.data.process.appointmentAt) : '');
  for (const swap of swaps.data ?? []) {
    if (swap.toAnswer) put('answer', '/swap', swap.other?.houseName);
    else if (swap.state === 'scheduled') put('swapDay', '/swap', swap.changeOn ?? '');
  }
  for (const exit of exits.data ?? []) {
    if (exit.settlement && !exit.confirmedAt) put('account', '/exit', exit.code);
    else if (['initiated', 'accepted', 'inspected'].includes(exit.state)) put('exit', '/exit', exit.leaveBy);
  }
  for (const review of reviews.data?.reviews ?? []) {
    if (review.state === 'supplement')
      put('supplement', '/apply', review.dueAt ? t('tenant.apply.before', { day: day(review.dueAt) }) : '');
    else if (!['approved', 'refused', 'withdrawn'].includes(review.state))
      put('review', '/apply', t(`tenant.apply.state.${review.state}`));
  }
  for (const { state, finalAt, appealUntil } of reviews.data?.sanctions ?? [])
    if (state === 'imposed' && !finalAt) put('sanction', '/apply', t('tenant.apply.before', { day: day(appealUntil) }));
  return cards.map(({ key, to, title, words }) => (
    <Link key={key} className="card awaits" to={to}>
      <h2>{title}</h2>
      {words}
    </Link>
  ));
}
