// Keeps the whole app from the first visit on, so that it opens in a cellar. Nothing of the API is kept here.
const kept = 'keystead-field-1';

addEventListener('install', (event) => {
  event.waitUntil(keepApp());
  skipWaiting();
});
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || !url.pathname.startsWith('/field/')) return;
  event.respondWith(request.mode === 'navigate' ? page() : file(request));
});

/** The page and everything it names. */
async function keepApp() {
  const cache = await caches.open(kept);
  const answer = await fetch('/field/', { cache: 'reload' });
  const html = await answer.clone().text();
  const named = [...html.matchAll(/\/field\/[\w./-]+/g)].map(([path]) => path);
  await cache.put('/field/', answer);
  await cache.addAll([...new Set(named)]);
}

/** What is new when there is a network; what was kept when there is none, or it does not answer. */
async function page() {
  const cache = await caches.open(kept);
  try {
    const answer = await fetch('/field/', { cache: 'no-cache', signal: AbortSignal.timeout(4000) });
    if (answer.ok) await cache.put('/field/', answer.clone());
    return answer;
  } catch {
    return (await cache.match('/field/')) ?? Response.error();
  }
}

/** Names of assets change with their contents: what was fetched once is right for ever. */
async function file(request) {
  const cache = await caches.open(kept);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}
