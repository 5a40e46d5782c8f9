import { isProblem, said, sdk } from '../sdk.ts';
import { photoQuery } from './Photos.tsx';

export interface RepairDraft {
  /** Also the key under which it is told once, however often it is sent. */
  readonly id: string;
  readonly category: 'water' | 'electricity' | 'door' | 'appliance' | 'building' | 'other';
  readonly title: string;
  readonly description: string;
  readonly photos: readonly File[];
  /** Why the platform would not have it; it waits for a person then. */
  readonly refused?: string;
}

const changed = 'keystead:waiting-repairs';
const store = 'repairs';

const done = <Result>(request: IDBRequest<Result>): Promise<Result> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

async function open(): Promise<IDBDatabase> {
  const request = indexedDB.open('keystead-tenant', 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: 'id' });
  return done(request);
}

async function within<Result>(
  mode: IDBTransactionMode,
  run: (box: IDBObjectStore) => IDBRequest<Result>,
): Promise<Result> {
  const database = await open();
  try {
    return await done(run(database.transaction(store, mode).objectStore(store)));
  } finally {
    database.close();
  }
}

/** Repairs written without a network, oldest first. */
export const waitingRepairs = (): Promise<RepairDraft[]> => within('readonly', (box) => box.getAll());

/** Keeps a repair on the phone until there is a network. */
export async function keepRepair(draft: RepairDraft): Promise<void> {
  await within('readwrite', (box) => box.put(draft));
  dispatchEvent(new Event(changed));
}

/** Lets go of one that is not to be sent. */
export async function forgetRepair(id: string): Promise<void> {
  await within('readwrite', (box) => box.delete(id));
  dispatchEvent(new Event(changed));
}

/** Everything that was kept is gone: somebody else may sign in on this phone. */
export async function forgetRepairs(): Promise<void> {
  await within('readwrite', (box) => box.clear());
}

/** Tells of a repair, photos first; sent again it is still one. */
export async function tellRepair({ id, photos, refused: _refused, ...words }: RepairDraft): Promise<{ id: string }> {
  const kept: string[] = [];
  for (const [index, file] of photos.entries()) {
    const body = await file.arrayBuffer();
    const put = await sdk.ownRepairs.putPhoto({ query: photoQuery(file), body }, { idempotencyKey: `${id}-${index}` });
    kept.push(put.id);
  }
  return sdk.ownRepairs.tell({ body: { ...words, channel: 'app', photos: kept } }, { idempotencyKey: id });
}

let sending: Promise<number> | undefined;

async function sendAll(): Promise<number> {
  let sent = 0;
  for (const draft of (await waitingRepairs()).filter(({ refused }) => refused === undefined)) {
    try {
      await tellRepair(draft);
      await forgetRepair(draft.id);
      sent += 1;
    } catch (cause) {
      // No network yet, or nobody signed in: it waits. What the platform refuses it would refuse again: a person decides.
      if (isProblem(cause, 'unreachable') || isProblem(cause, 'not-signed-in')) return sent;
      await keepRepair({ ...draft, refused: said(cause) });
    }
  }
  return sent;
}

/** Sends what waits, one round at a time; answers how many went. */
export function sendWaiting(): Promise<number> {
  sending ??= sendAll().finally(() => {
    sending = undefined;
  });
  return sending;
}

/** Tells when the list of waiting repairs is another. */
export function onWaiting(told: () => void): () => void {
  addEventListener(changed, told);
  return () => removeEventListener(changed, told);
}
