import { isAway, isProblem, said, sdk } from '../sdk.ts';
import { chained, newPhone, sha256 } from './chain.ts';
import { type Database, openDatabase } from './database.ts';
import { type Picture, spotNow } from './senses.ts';
import { type Act, type Day, type KeptPhoto, type Logged, type Phone, type Queued, saidOf } from './types.ts';

export type Sending = 'idle' | 'sending' | 'away' | 'signed-out' | 'troubled';

/** Everything the pages show: what is to do, what was said, and how the sending stands. */
export interface Kept {
  readonly day: Day | undefined;
  readonly queue: readonly Queued[];
  readonly log: readonly Logged[];
  readonly sending: Sending;
  readonly trouble: string;
}

const atOnce = 20;
const logLength = 300;
const nothing: Kept = { day: undefined, queue: [], log: [], sending: 'idle', trouble: '' };

/** One at a time, over all pages of this browser. */
const alone = <Value>(what: string, run: () => Promise<Value>): Promise<Value> =>
  navigator.locks.request(`keystead-field-${what}`, run) as Promise<Value>;

/** What the phone of one account keeps: it works without a network, and sends when there is one. */
export class Keeper {
  #kept: Kept = nothing;
  readonly #base: Database;
  readonly #heard = new Set<() => void>();

  private constructor(base: Database) {
    this.#base = base;
  }

  static async open(account: string): Promise<Keeper> {
    const keeper = new Keeper(await openDatabase(account));
    await keeper.#look();
    return keeper;
  }

  readonly listen = (heard: () => void): (() => void) => {
    this.#heard.add(heard);
    return () => this.#heard.delete(heard);
  };

  readonly now = (): Kept => this.#kept;

  #show(change: Partial<Kept>): void {
    this.#kept = { ...this.#kept, ...change };
    for (const heard of this.#heard) heard();
  }

  async #look(change: Partial<Kept> = {}): Promise<void> {
    const [day, queue, log] = await Promise.all([
      this.#base.get<Day>('day', 'today'),
      this.#base.all<Queued>('queue'),
      this.#base.all<Logged>('log'),
    ]);
    this.#show({ day, queue, log: log.sort((a, b) => (a.receivedAt < b.receivedAt ? -1 : 1)), ...change });
  }

  async #phone(): Promise<Phone> {
    const known = await this.#base.get<Phone>('device', 'phone');
    if (known) return known;
    const made = await newPhone();
    await this.#base.put([{ store: 'device', key: 'phone', value: made }]);
    return made;
  }

  /** Says something: it is in the chain, with time and place, before this returns. */
  async say(caseId: string, act: Act, pictures: readonly Picture[] = []): Promise<void> {
    const at = new Date().toISOString();
    const spot = spotNow();
    const photos = await Promise.all(
      pictures.map(async ({ bytes, mediaType, name }): Promise<KeptPhoto> => {
        return { sha256: await sha256(bytes), case: caseId, name, mediaType, bytes, sent: false };
      }),
    );
    await alone('chain', async () => {
      const { entry, phone } = await chained(await this.#phone(), { at, case: caseId, ...spot, act });
      const queued: Queued = { ...entry, photos: photos.map((photo) => photo.sha256) };
      await this.#base.put([
        ...photos.map((value) => ({ store: 'photos', value }) as const),
        { store: 'queue', value: queued, fresh: true },
        { store: 'device', key: 'phone', value: phone },
      ]);
    });
    await this.#look();
    void this.send();
  }

  /** Fetches today's tasks; without a network those of the last time stay. */
  async refresh(): Promise<void> {
    try {
      const day = await sdk.field.tasks();
      await this.#base.put([{ store: 'day', key: 'today', value: day }]);
      await this.#look({ sending: this.#kept.queue.length > 0 ? this.#kept.sending : 'idle', trouble: '' });
    } catch (cause) {
      this.#fail(cause);
    }
  }

  /** Sends what waits, in order. Whatever breaks off is sent again; the platform takes each entry once. */
  async send(): Promise<void> {
    if (this.#kept.queue.length === 0) return;
    await alone('sending', async () => {
      this.#show({ sending: 'sending', trouble: '' });
      try {
        await this.#sendAll();
        await this.#look({ sending: 'idle' });
      } catch (cause) {
        await this.#look();
        this.#fail(cause);
      }
    });
    if (this.#kept.queue.length === 0 && this.#kept.sending === 'idle') await this.refresh();
  }

  #fail(cause: unknown): void {
    if (isAway(cause)) this.#show({ sending: 'away', trouble: '' });
    else if (isProblem(cause, 'not-signed-in')) this.#show({ sending: 'signed-out', trouble: '' });
    else this.#show({ sending: 'troubled', trouble: said(cause) });
  }

  async #sendAll(): Promise<void> {
    const phone = await this.#phone();
    if (!phone.registered) await this.#register(phone);
    for (let rest = await this.#base.all<Queued>('queue'); rest.length > 0; rest = await this.#base.all('queue')) {
      const next = rest.slice(0, atOnce);
      for (const photo of new Set(next.flatMap(({ photos }) => photos))) await this.#sendPhoto(photo);
      await this.#sendEntries(phone.id, next);
      await this.#look();
    }
  }

  async #register({ id, key }: Phone): Promise<void> {
    await sdk.field.registerDevice({ params: { id }, body: { name: navigator.userAgent.slice(0, 120), key } });
    await alone('chain', async () => {
      const now = await this.#phone();
      await this.#base.put([{ store: 'device', key: 'phone', value: { ...now, registered: true } }]);
    });
  }

  async #sendPhoto(hash: string): Promise<void> {
    const photo = await this.#base.get<KeptPhoto>('photos', hash);
    if (!photo || photo.sent) return;
    const { case: of, name, bytes } = photo;
    const mediaType = photo.mediaType === 'image/png' ? 'image/png' : 'image/jpeg';
    try {
      await sdk.field.putPhoto({ params: { sha256: hash }, query: { case: of, name, mediaType }, body: bytes });
    } catch (cause) {
      // The task is somebody else's: the entry is told so, and needs no photo for it.
      if (!isProblem(cause, 'field-task-elsewhere') && !isProblem(cause, 'case-missing')) throw cause;
    }
    await this.#base.put([{ store: 'photos', value: { ...photo, sent: true } }]);
  }

  async #sendEntries(device: string, entries: readonly Queued[]): Promise<void> {
    const { items } = await sdk.field.takeEntries({
      params: { id: device },
      body: { entries: entries.map(({ text, signature }) => ({ text, signature })) },
    });
    const texts = new Map(entries.map((entry) => [entry.number, entry]));
    const log = items.map((item): Logged => {
      return { ...item, text: texts.get(item.number)?.text ?? '', seen: item.outcome === 'done' };
    });
    await this.#base.put(log.map((value) => ({ store: 'log', value })));
    const done = items.map(({ number }) => number);
    const photos = done.flatMap((number) => texts.get(number)?.photos ?? []);
    const old = (await this.#base.all<Logged>('log')).filter(({ seen }) => seen).slice(0, -logLength);
    await this.#base.remove([
      ...done.map((key) => ({ store: 'queue', key }) as const),
      ...photos.map((key) => ({ store: 'photos', key }) as const),
      ...old.map(({ number: key }) => ({ store: 'log', key }) as const),
    ]);
  }

  /** The reader has taken note of what was refused. */
  async note(): Promise<void> {
    const fresh = this.#kept.log.filter(({ seen }) => !seen);
    await this.#base.put(fresh.map((value) => ({ store: 'log', value: { ...value, seen: true } })));
    await this.#look();
  }

  /**
   * Begins a new chain: a new key, and everything that waits said again in its order, with the times it was said at. For
   * when the platform and the phone no longer agree on what was said last.
   */
  async renew(): Promise<void> {
    await alone('chain', async () => {
      const waiting = await this.#base.all<Queued>('queue');
      let phone = await newPhone();
      const again: Queued[] = [];
      for (const old of waiting) {
        const { device: _device, number: _number, former: _former, ...what } = saidOf(old);
        const next = await chained(phone, what);
        again.push({ ...next.entry, photos: old.photos });
        phone = next.phone;
      }
      const log = await this.#base.all<Logged>('log');
      await this.#base.remove([
        ...waiting.map(({ number }) => ({ store: 'queue', key: number }) as const),
        ...log.map(({ number }) => ({ store: 'log', key: number }) as const),
      ]);
      await this.#base.put([
        ...again.map((value) => ({ store: 'queue', value }) as const),
        { store: 'device', key: 'phone', value: phone },
      ]);
    });
    await this.#look({ sending: 'idle', trouble: '' });
    await this.send();
  }
}
