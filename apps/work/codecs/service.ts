import type { Actor } from '@keystead/contracts/access';
import { codecInForce } from '@keystead/contracts/events/codecs';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, InputInvalid } from '@keystead/contracts/problem';
import type { Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import {
  type Codec,
  CodecInUse,
  CodecMissing,
  CodecNameTaken,
  CodecSamplesFailed,
  CodecsTooMany,
  checkRollBack,
  mostCodecs,
  mostVersions,
  type Publication,
} from './codec.ts';
import { bytesOfPaste } from './frame-input.ts';
import type { CodecDraft, Sample, VersionDraft } from './schemas.ts';
import * as store from './store.ts';
import type { Trial } from './trial.ts';

/** Tells who is configured with a codec of an organisation, in words for people. */
export type AskForUsers = (organisation: string, name: string) => Promise<readonly string[]>;

// The database has no place for this character in texts.
const hasNul = (value: unknown): boolean => /(?<!\\)(?:\\\\)*\\u0000/.test(JSON.stringify(value));

function checkSamples(samples: readonly Sample[]): void {
  samples.forEach((sample, index) => {
    if (sample.way === 'up') bytesOfPaste(sample.hex, `/samples/${index}/hex`);
  });
}

type Parts = Pick<Kernel, 'db' | 'clock' | 'audit' | 'outbox'>;

/** Codec scripts of an organisation: each change is a new version, and only what passed its samples goes to devices. */
export function createCodecBook({ db, clock, audit, outbox }: Parts, trial: Trial) {
  const askers: AskForUsers[] = [];

  const usersOf = async ({ scope }: Actor, { name }: Codec): Promise<string[]> =>
    (await Promise.all(askers.map((ask) => ask(scope.organisation, name)))).flat().slice(0, 100);

  const journal = (tx: Tx, actor: Actor, verb: string, { id, name }: Codec, number: number) =>
    audit.add(tx, actor, { action: `codec.${verb}`, subject: `codec:${id}`, detail: { name, number } });

  const codecOf = async (actor: Actor, id: string): Promise<Codec> => {
    const [codec] = await db.read(actor.scope, store.byId(actor.scope, id));
    if (!codec) throw new CodecMissing({ id });
    return codec;
  };

  async function prepared(
    { source, samples, note }: VersionDraft,
    number: number,
    actor: Actor,
  ): Promise<store.Version> {
    if (hasNul([source, samples, note])) throw new InputInvalid({}, [{ pointer: '', code: 'nul' }]);
    checkSamples(samples);
    const functions = await trial.check(source);
    return { number, source, samples, functions, note, writtenAt: clock.now(), writtenBy: actor.name };
  }

  async function create(actor: Actor, draft: CodecDraft): Promise<Codec> {
    const { organisation } = actor.scope;
    const first = await prepared(draft, 1, actor);
    const { name, title } = draft;
    const by = { changedAt: clock.now(), changedBy: actor.name };
    const codec: Codec = { id: newId(), name, title, latest: 1, published: null, ...by };
    return db.transaction(actor.scope, async (tx) => {
      const [counted] = await tx.all(store.count(actor.scope));
      if ((counted?.n ?? 0) >= mostCodecs) throw new CodecsTooMany({ most: mostCodecs });
      if (await tx.maybe(store.byName(actor.scope, name))) throw new CodecNameTaken({ name });
      await store.insert(tx, organisation, codec);
      await store.insertVersion(tx, organisation, codec.id, first);
      await journal(tx, actor, 'create', codec, 1);
      return codec;
    });
  }

  /** `base`: number of the version the editor began from; throws EditConflict when it is no longer the newest. */
  async function write(actor: Actor, id: string, draft: VersionDraft, base?: number): Promise<Codec> {
    const fresh = await prepared(draft, 0, actor);
    return db.transaction(actor.scope, async (tx) => {
      const before = await store.lock(tx, actor.scope, id);
      if (base !== undefined && base !== before.latest) throw new EditConflict({ version: before.latest });
      if (before.latest >= mostVersions) throw new CodecsTooMany({ most: mostVersions });
      const { title = before.title } = draft;
      const number = before.latest + 1;
      const after = { ...before, title, latest: number, changedAt: fresh.writtenAt, changedBy: actor.name };
      await store.insertVersion(tx, actor.scope.organisation, id, { ...fresh, number });
      await store.save(tx, after);
      await journal(tx, actor, 'write', after, number);
      return after;
    });
  }

  const versionOf = async (actor: Actor, id: string, number: number): Promise<store.Version> => {
    const codec = await codecOf(actor, id);
    const [version] = await db.read(actor.scope, store.version(codec.id, number));
    if (!version) throw new CodecMissing({ id, number });
    return version;
  };

  const putInForce = async (tx: Tx, actor: Actor, before: Codec, number: number, way: Publication['way']) => {
    const at = clock.now();
    const after: Codec = { ...before, published: number, changedAt: at, changedBy: actor.name };
    await store.save(tx, after);
    const row = { number, way, at, by: actor.name };
    await store.insertPublication(tx, actor.scope.organisation, after.id, newId(), row);
    await journal(tx, actor, way, after, number);
    const { organisation } = actor.scope;
    await outbox.add(
      tx,
      codecInForce,
      { organisation, place: '' },
      { id: after.id, name: after.name, version: number },
    );
    return after;
  };

  /** Runs its samples and puts a version in force. Throws CodecSamplesFailed when one fails, or there is none. */
  async function publish(actor: Actor, id: string, number: number): Promise<Codec> {
    const { source, samples } = await versionOf(actor, id, number);
    const { verdicts } = await trial.run(source, samples);
    const failed = verdicts.filter(({ passed }) => !passed).map(({ name }) => name);
    if (verdicts.length === 0 || failed.length > 0)
      throw new CodecSamplesFailed({ number, failed: failed.slice(0, 20) });
    return db.transaction(actor.scope, async (tx) =>
      putInForce(tx, actor, await store.lock(tx, actor.scope, id), number, 'publish'),
    );
  }

  /** Puts a version in force that was so before; at once, nothing is tried again. Throws CodecNeverPublished. */
  const rollBack = (actor: Actor, id: string, number: number): Promise<Codec> =>
    db.transaction(actor.scope, async (tx) => {
      const before = await store.lock(tx, actor.scope, id);
      checkRollBack(before, await tx.all(store.courseOf(id)), number);
      return putInForce(tx, actor, before, number, 'roll-back');
    });

  /** Throws CodecInUse while a channel is configured with it. */
  async function remove(actor: Actor, id: string): Promise<void> {
    const users = await usersOf(actor, await codecOf(actor, id));
    if (users.length > 0) throw new CodecInUse({ users });
    await db.transaction(actor.scope, async (tx) => {
      const codec = await store.lock(tx, actor.scope, id);
      await store.remove(tx, id);
      await journal(tx, actor, 'delete', codec, codec.latest);
    });
  }

  async function file(actor: Actor, id: string) {
    const codec = await codecOf(actor, id);
    const [versions, publications, users] = await Promise.all([
      db.read(actor.scope, store.versionsOf(id)),
      db.read(actor.scope, store.courseOf(id)),
      usersOf(actor, codec),
    ]);
    return { codec, versions, publications, users };
  }

  return {
    list: (actor: Actor): Promise<Codec[]> => db.read(actor.scope, store.all(actor.scope)),
    file,
    create,
    write,
    version: versionOf,
    publish,
    rollBack,
    remove,
    /** What is in force, for configurations of edge agents: those of the names that are published. */
    inForce: (actor: Actor, names: readonly string[]): Promise<store.InForce[]> =>
      db.read(actor.scope, store.inForce(actor.scope.organisation, names)),
    /** Adds one who knows where codecs are in use; a codec in use is not deleted. */
    onUsersAsked: (ask: AskForUsers): void => void askers.push(ask),
    /** For the frame desk: the version in force, else the newest. Throws CodecMissing. */
    named: async (actor: Actor, name: string): Promise<store.Version> => {
      const [codec] = await db.read(actor.scope, store.byName(actor.scope, name));
      if (!codec) throw new CodecMissing({ name });
      return versionOf(actor, codec.id, codec.published ?? codec.latest);
    },
  };
}

export type CodecBook = ReturnType<typeof createCodecBook>;
