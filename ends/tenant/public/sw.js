// Keeps the app's own files, so that it opens without a network, and the last answers about what is one's own, so that the
// pages read last can be read again. What identifies a person (his data, his requests about them) and what opens a door is
// never kept; all that was kept is forgotten when he signs out.
const shell = 'keystead-tenant-2';
const pages = 'keystead-tenant-pages';
const most = 80;
const readable =
  /^\/api\/v1\/(sessions\/current|own-(home|leases|bills|repairs|requests|swaps|exit|move-in|allocation|eligibility|door-keys))(\/|$)/;

addEventListener('install', (event) => {
  event.waitUntil(
    caches.open(shell).then((cache) => cache.addAll(['/tenant/', '/tenant/mark.svg', '/tenant/manifest.webmanifest'])),
  );
  skipWaiting();
});
addEventListener('activate', (event) => event.waitUntil(takeOver()));
addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (url.pathname.startsWith('/tenant/assets/')) event.respondWith(fromCache(request));
  else if (url.pathname.startsWith('/tenant/') && request.mode === 'navigate') event.respondWith(page(request));
  else if (readable.test(url.pathname)) event.respondWith(answer(request));
});

async function takeOver() {
  for (const name of await caches.keys()) if (name !== shell && name !== pages) await caches.delete(name);
  await clients.claim();
}

/** Names of assets change with their contents: what was fetched once is right for ever. */
async function fromCache(request) {
  const cache = await caches.open(shell);
  const found = await cache.match(request);
  if (found) return found;
  const answer = await fetch(request);
  if (answer.ok) await cache.put(request, answer.clone());
  return answer;
}

async function page(request) {
  const cache = await caches.open(shell);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put('/tenant/', answer.clone());
    return answer;
  } catch {
    return (await cache.match('/tenant/')) ?? Response.error();
  }
}

/** The platform's answer; without a network the one before it. A session that ended takes what was kept with it. */
async function answer(request) {
  let fresh;
  try {
    fresh = await fetch(request);
  } catch {
    const kept = await caches.match(request, { cacheName: pages, ignoreVary: true });
    return kept ?? Response.error();
  }
  if (fresh.status === 401) await caches.delete(pages);
  else if (fresh.ok) await keep(request, fresh.clone());
  return fresh;
}

async function keep(request, fresh) {
  const cache = await caches.open(pages);
  await cache.put(request, fresh);
  const kept = await cache.keys();
  for (const old of kept.slice(0, Math.max(0, kept.length - most))) await cache.delete(old);
}
