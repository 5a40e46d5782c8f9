import { useSyncExternalStore } from 'react';

const follow = (changed: () => void): (() => void) => {
  addEventListener('online', changed);
  addEventListener('offline', changed);
  return () => {
    removeEventListener('online', changed);
    removeEventListener('offline', changed);
  };
};

/** Whether the phone believes it has a network. */
export const useOnline = (): boolean =>
  useSyncExternalStore(
    follow,
    () => navigator.onLine,
    () => true,
  );

/** What was fetched before the service worker stood by is kept now. */
export async function keepShell(): Promise<void> {
  if (!('caches' in globalThis)) return;
  const own = `${location.origin}/tenant/assets/`;
  const names = performance.getEntriesByType('resource').map(({ name }) => name);
  const cache = await caches.open('keystead-tenant-2');
  for (const name of new Set(names.filter((each) => each.startsWith(own))))
    if (!(await cache.match(name))) await cache.add(name);
}

/** Pages that were kept of whoever was signed in are forgotten. */
export async function forgetPages(): Promise<void> {
  if ('caches' in globalThis) await caches.delete('keystead-tenant-pages');
}
