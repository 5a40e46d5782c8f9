// Keeps the app's own files, so that it opens without a network. Nothing of the API is ever kept.
const kept = 'keystead-tenant-1';

addEventListener('install', (event) => {
  event.waitUntil(caches.open(kept).then((cache) => cache.addAll(['/tenant/', '/tenant/mark.svg'])));
  skipWaiting();
});
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin || !url.pathname.startsWith('/tenant/')) return;
  if (url.pathname.startsWith('/tenant/assets/')) event.respondWith(fromCache(request));
  else if (request.mode === 'navigate') event.respondWith(page(request));
});

/** Names of assets change with their contents: what was fetched once is right for ever. */
async function fromCache(request) {
  const cache = await caches.open(kept);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

async function page(request) {
  const cache = await caches.open(kept);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put('/tenant/', answer.clone());
    return answer;
  } catch {
    return (await cache.match('/tenant/')) ?? Response.error();
  }
}
