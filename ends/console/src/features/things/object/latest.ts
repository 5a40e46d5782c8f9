import type { Reply } from '@keystead/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useLive } from '../../../shell/live.ts';
import { sdk } from '../../../shell/sdk.ts';

export type Latest = Reply<typeof sdk.telemetry.latest>;
export type Point = Latest['values'][string];

/** Newer points over older ones, each by its own time: a push and an answer may cross. */
export function newest(before: Latest | undefined, pushed: Latest): Latest {
  const values = { ...before?.values };
  for (const [property, point] of Object.entries(pushed.values)) {
    const held = values[property];
    if (!held || held.time <= point.time) values[property] = point;
  }
  return { thing: pushed.thing, values };
}

/** The newest value of each property of a thing, pushed while the page is open. */
export function useLatest(id: string) {
  const client = useQueryClient();
  const key = ['telemetry', 'latest', id];
  useLive<Latest>(`thing-values:${id}`, (pushed) =>
    client.setQueryData<Latest>(key, (before) => newest(before, pushed)),
  );
  // What was said while the connection was away is asked for.
  useLive('returned', () => void client.invalidateQueries({ queryKey: key }));
  return useQuery({
    queryKey: key,
    queryFn: async () => {
      const asked = await sdk.telemetry.latest({ params: { thing: id } });
      return newest(client.getQueryData<Latest>(key), asked);
    },
    refetchInterval: 60_000,
  });
}
