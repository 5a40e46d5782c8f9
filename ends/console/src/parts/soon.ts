import { type QueryClient, type QueryKey, useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef } from 'react';

const waiting = new WeakMap<QueryClient, Set<string>>();
const usualPause = 600; // ms

/**
 * Marks what stands under a key as stale a moment after the first of many calls, once for all who call in the meantime:
 * a storm of changes does not become one of requests. A request under way may have missed the change, so it is neither
 * taken for the answer nor thrown away: the next is made after it.
 */
export function refreshSoon(client: QueryClient, key: QueryKey, pauseMs = usualPause): void {
  const keys = waiting.get(client) ?? new Set();
  waiting.set(client, keys);
  const name = JSON.stringify(key);
  if (keys.has(name)) return;
  keys.add(name);
  const refresh = () => {
    if (client.isFetching({ queryKey: key }) > 0) return void setTimeout(refresh, pauseMs);
    keys.delete(name);
    void client.invalidateQueries({ queryKey: key });
  };
  setTimeout(refresh, pauseMs);
}

/** `refreshSoon` for one key; the function stays the same while the component is shown. */
export function useSoon(key: QueryKey, pauseMs?: number): () => void {
  const client = useQueryClient();
  const latest = useRef({ key, pauseMs });
  latest.current = { key, pauseMs };
  return useCallback(() => refreshSoon(client, latest.current.key, latest.current.pauseMs), [client]);
}
