import { useQuery } from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';

/** One page of alarms tells so many; beyond it the figure says "and more". */
const page = 200;

/** Things, things offline and open alarms of a subtree, as far as the reader may know them. */
export function useCounts(under: string, may: { things: boolean; alarms: boolean }) {
  const again = useSoon(['place-counts', under]);
  useLive(may.alarms ? 'alarm.changed' : undefined, again);
  useLive(may.things ? 'thing.online' : undefined, again);
  const count = async (query: { online?: 'offline' }) =>
    may.things ? (await sdk.things.list({ query: { under, ...query, count: true, limit: 1 } })).total : undefined;
  return useQuery({
    queryKey: ['place-counts', under],
    queryFn: async () => {
      const [things, offline, ringing] = await Promise.all([
        count({}),
        count({ online: 'offline' }),
        may.alarms ? sdk.alarms.list({ query: { place: under, state: 'open', limit: page } }) : undefined,
      ]);
      const alarms = ringing && (ringing.next === null ? ringing.items.length : `${page}+`);
      return { things, offline, alarms };
    },
  });
}
