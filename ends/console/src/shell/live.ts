import { useEffect, useRef, useSyncExternalStore } from 'react';

type Listener = (data: unknown) => void;

const listeners = new Map<string, Set<Listener>>();
const watchers = new Set<() => void>();
let socket: WebSocket | undefined;
let state: 'idle' | 'connecting' | 'open' | 'lost' = 'idle';
let attempt = 0;

function change(next: typeof state): void {
  state = next;
  for (const each of watchers) each();
}

function open(): void {
  if (socket || listeners.size === 0) return;
  change(attempt === 0 ? 'connecting' : 'lost');
  const made = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/api/v1/live`);
  socket = made;
  made.onopen = () => {
    const returned = attempt > 0;
    attempt = 0;
    made.send(JSON.stringify({ subscribe: [...listeners.keys()] }));
    change('open');
    // What was said while we were away is lost: pages that care fetch again.
    if (returned) for (const each of listeners.get('returned') ?? []) each(null);
  };
  made.onmessage = (message) => {
    for (const { topic, data } of JSON.parse(String(message.data)) as { topic: string; data: unknown }[]) {
      for (const listener of listeners.get(topic) ?? []) listener(data);
    }
  };
  made.onclose = (event) => {
    socket = undefined;
    if (event.code === 4001) {
      change('idle');
      dispatchEvent(new Event('keystead:session-ended'));
      return;
    }
    attempt += 1;
    change('lost');
    setTimeout(open, Math.min(10_000, 300 * 2 ** attempt));
  };
}

function listen(topic: string, listener: Listener): () => void {
  const audience = listeners.get(topic) ?? new Set();
  if (audience.size === 0) {
    listeners.set(topic, audience);
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ subscribe: [topic] }));
  }
  audience.add(listener);
  open();
  return () => {
    audience.delete(listener);
    if (audience.size > 0) return;
    listeners.delete(topic);
    if (socket?.readyState === WebSocket.OPEN) socket.send(JSON.stringify({ unsubscribe: [topic] }));
  };
}

/** Calls `hear` with each message of a topic while the component is shown. */
export function useLive<Data>(topic: string | undefined, hear: (data: Data) => void): void {
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => (topic ? listen(topic, (data) => latest.current(data as Data)) : undefined), [topic]);
}

/** `lost` while the connection is down; it heals itself. */
export function useLiveState(): typeof state {
  return useSyncExternalStore(
    (watcher) => {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    () => state,
  );
}
