/** The stores of the phone: one database for each account, so that nobody sends what another said. */
export const stores = { day: 'day', device: 'device', queue: 'queue', photos: 'photos', log: 'log' } as const;
type Store = keyof typeof stores;

const version = 1;

const answered = <Value>(request: IDBRequest<Value>): Promise<Value> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

/** The parts of IndexedDB the app uses, each a transaction of its own; `put` of several is one. */
export interface Database {
  get<Value>(store: Store, key: IDBValidKey): Promise<Value | undefined>;
  /** In the order of their keys. */
  all<Value>(store: Store): Promise<Value[]>;
  put(rows: readonly { store: Store; value: unknown; key?: IDBValidKey; fresh?: true }[]): Promise<void>;
  remove(rows: readonly { store: Store; key: IDBValidKey }[]): Promise<void>;
}

/** Opens what the phone keeps for an account. */
export async function openDatabase(account: string): Promise<Database> {
  const opening = indexedDB.open(`keystead-field-${account}`, version);
  opening.onupgradeneeded = () => {
    const made = opening.result;
    made.createObjectStore('day');
    made.createObjectStore('device');
    made.createObjectStore('queue', { keyPath: 'number' });
    made.createObjectStore('photos', { keyPath: 'sha256' });
    made.createObjectStore('log', { keyPath: 'number' });
  };
  const base = await answered(opening);

  const finished = (transaction: IDBTransaction): Promise<void> =>
    new Promise((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
      transaction.onerror = () => reject(transaction.error);
    });

  return {
    get: (store, key) => answered(base.transaction(store).objectStore(store).get(key)),
    all: (store) => answered(base.transaction(store).objectStore(store).getAll()),
    put: (rows) => {
      const transaction = base.transaction([...new Set(rows.map(({ store }) => store))], 'readwrite', {
        durability: 'strict',
      });
      for (const { store, value, key, fresh } of rows) {
        const into = transaction.objectStore(store);
        // Fresh rows must not be there yet: two pages that say something at once do not write over each other.
        if (fresh) into.add(value, key);
        else into.put(value, key);
      }
      return finished(transaction);
    },
    remove: (rows) => {
      const transaction = base.transaction([...new Set(rows.map(({ store }) => store))], 'readwrite');
      for (const { store, key } of rows) transaction.objectStore(store).delete(key);
      return finished(transaction);
    },
  };
}
