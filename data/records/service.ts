import type { Readable } from 'node:stream';
import { type Actor, inScope, type OrganisationId, systemActor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { InputInvalid, NotAllowed } from '@keystead/contracts/problem';
import type { Log } from '@keystead/kernel/base';
import type { Db, Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { createDataKeys, openEnvelope } from '@keystead/kernel/security/keys';
import { createContents, isJournaled, largestFile } from './contents.ts';
import { openObjectFiles } from './object-files.ts';
import {
  checkLabels,
  type FileLabels,
  type FileRecord,
  keepUntil,
  RecordGone,
  RecordHeld,
  RecordMissing,
} from './record.ts';
import * as store from './store.ts';

/** Files without an object are left alone for so long: their transaction may still be open. */
const sweepAfterMs = 3_600_000;
const dueAtOnce = 100;

export interface NewFile extends FileLabels {
  content: Buffer | Readable;
  /** Largest size in bytes; 256 MiB at most. */
  most?: number;
  /** A program, which is never taken otherwise: whoever puts it in has checked its signature (firmware). */
  program?: true;
}

export interface OpenFile {
  record: FileRecord;
  content: Readable;
}

type Parts = Pick<Kernel, 'clock' | 'audit'> & { db: Db; log: Log; dataDir: string };

/** Files with their labels; contents by content, sealed with a key each from level 2 on. */
export function createRecords({ db, clock, audit, log, dataDir }: Parts) {
  const files = openObjectFiles(dataDir);
  let known: ReturnType<typeof createContents> | undefined;
  // The master key is made when the first file asks for it, not by merely setting up.
  const contents = () => {
    known ??= createContents({ files, clock, keys: createDataKeys(openEnvelope(dataDir), clock) });
    return known;
  };
  const fileLeft = (cause: unknown): void => log.warn({ err: cause }, 'the file of a removed record is still there');

  /**
   * Puts a file in, in the caller's transaction. Throws RecordUnlabelled without a `storeLevel`, InputInvalid,
   * MediaTypeMismatch when the bytes are not of their type, RecordTooLarge, NotAllowed outside the actor's places.
   */
  async function put(tx: Tx, actor: Actor, file: NewFile): Promise<FileRecord> {
    checkLabels(file);
    const { name, mediaType, storeLevel, transferLevel, retentionYears, subject, place } = file;
    if (!inScope(actor.scope, place)) throw new NotAllowed({ place });
    const { organisation } = actor.scope;
    const stored = await contents().write(tx, organisation, file, file.content, file.most ?? largestFile);
    const at = clock.now();
    const record: FileRecord = {
      id: newId(),
      organisation,
      place,
      subject,
      name,
      mediaType,
      ...stored,
      storeLevel,
      transferLevel: transferLevel ?? null,
      retentionYears,
      keepUntil: keepUntil(at, retentionYears),
      legalHold: false,
      state: 'kept',
      createdAt: at,
      createdBy: actor.id,
      createdByName: actor.name,
      removedAt: null,
      version: 1,
    };
    await store.insert(tx, record);
    const { id, size, hash } = record;
    await audit.add(tx, actor, {
      action: 'record.put',
      subject: `record:${id}`,
      place,
      detail: { name, for: subject, size, hash, storeLevel },
    });
    return record;
  }

  async function standing(tx: Tx, actor: Actor, id: string, lock: boolean): Promise<FileRecord> {
    const record = await store.find(tx, actor.scope, id, lock);
    if (!record) throw new RecordMissing({ id });
    if (record.state !== 'kept') throw new RecordGone({ id, state: record.state });
    return record;
  }

  /** What is known of a file. Throws RecordMissing, RecordGone. */
  const get = (actor: Actor, id: string): Promise<FileRecord> =>
    db.transaction(actor.scope, (tx) => standing(tx, actor, id, false));

  /** The file with its contents; of level 3 each look leaves a journal line. Throws RecordMissing, RecordGone. */
  async function open(actor: Actor, id: string, purpose?: string): Promise<OpenFile> {
    return db.transaction(actor.scope, async (tx) => {
      const record = await standing(tx, actor, id, false);
      const { object, storeLevel, hash, place, subject } = record;
      if (isJournaled(storeLevel))
        await audit.add(tx, actor, {
          action: 'record.open',
          kind: 'access',
          subject: `record:${id}`,
          place,
          ...(purpose === undefined ? {} : { purpose }),
          detail: { for: subject },
        });
      return { record, content: await contents().read(tx, object, storeLevel, hash) };
    });
  }

  async function list(actor: Actor, asked: { subject: string; limit: number; cursor?: string }) {
    const rows = await db.read(actor.scope, store.listQuery(actor.scope, asked.subject, asked.limit + 1, asked.cursor));
    const items = rows.slice(0, asked.limit);
    return { items, next: rows.length > asked.limit ? (items.at(-1)?.id ?? null) : null };
  }

  async function end(tx: Tx, actor: Actor, record: FileRecord, state: 'removed' | 'expired'): Promise<void> {
    const { id, name, hash, subject, place, object } = record;
    await store.end(tx, id, state, clock.now());
    await contents().release(tx, object, fileLeft);
    await audit.add(tx, actor, {
      action: state === 'removed' ? 'record.remove' : 'record.expire',
      subject: `record:${id}`,
      place,
      detail: { name, for: subject, hash },
    });
  }

  /** Makes a file unreadable for good: its key is destroyed. Throws RecordHeld, RecordMissing, RecordGone. */
  async function remove(actor: Actor, id: string): Promise<void> {
    await db.transaction(actor.scope, async (tx) => {
      const record = await standing(tx, actor, id, true);
      if (record.legalHold) throw new RecordHeld({ id });
      await end(tx, actor, record, 'removed');
    });
  }

  /** Puts a file under legal hold, or takes it off. Throws RecordMissing, RecordGone. */
  async function hold(actor: Actor, id: string, held: boolean, reason: string): Promise<FileRecord> {
    if (reason.trim() === '') throw new InputInvalid({ in: 'body' }, [{ pointer: '/reason', code: 'required' }]);
    return db.transaction(actor.scope, async (tx) => {
      const record = await standing(tx, actor, id, true);
      await store.setHold(tx, id, held);
      const action = held ? 'record.hold' : 'record.release';
      await audit.add(tx, actor, { action, subject: `record:${id}`, place: record.place, detail: { reason } });
      return { ...record, legalHold: held, version: record.version + 1 };
    });
  }

  /** Ends the files whose years are over and that nothing holds; answers how many. */
  async function expire(signal?: AbortSignal): Promise<number> {
    let ended = 0;
    for (const record of await db.systemRead(store.dueQuery(clock.now(), dueAtOnce))) {
      if (signal?.aborted) break;
      const actor = systemActor('records.expire', record.organisation as OrganisationId);
      ended += await db.systemTransaction(async (tx) => {
        const now = await store.find(tx, actor.scope, record.id, true);
        if (now?.state !== 'kept' || now.legalHold || now.keepUntil > clock.now()) return 0;
        await end(tx, actor, now, 'expired');
        return 1;
      });
    }
    return ended === dueAtOnce && !signal?.aborted ? ended + (await expire(signal)) : ended;
  }

  /** Takes away files no object stands for; answers how many. */
  const sweep = (): Promise<number> =>
    files.sweep(new Date(clock.now().getTime() - sweepAfterMs), async (ids) => {
      const rows = await db.systemRead(store.knownObjects(ids));
      return new Set(rows.map(({ id }) => id));
    });

  return { put, get, open, list, remove, hold, expire, sweep };
}

export type RecordsService = ReturnType<typeof createRecords>;
