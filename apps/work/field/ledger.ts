import { CaseMissing, type CasesService } from '@keystead/apps/work/cases';
import type { Actor } from '@keystead/contracts/access';
import { Problem } from '@keystead/contracts/problem';
import { inSubtrees, sql, type Tx } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { type DeviceRow, deviceColumns, lockDevice } from './devices.ts';
import type { Doing } from './doing.ts';
import {
  brokenEntries,
  digestOf,
  FieldChainBroken,
  FieldSignatureWrong,
  isSigned,
  marksOf,
  readEntry,
  type Said,
} from './entry.ts';
import { FieldPhotoAwaited } from './photos.ts';

export interface SignedText {
  readonly text: string;
  readonly signature: string;
}

export interface ToldProblem {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

export interface EntryRow {
  device: string;
  number: number;
  organisation: string;
  place: string;
  caseId: string | null;
  kind: string;
  text: string;
  digest: string;
  signature: string;
  saidAt: Date;
  receivedAt: Date;
  marks: string[];
  outcome: 'done' | 'refused';
  problem: ToldProblem | null;
  actor: string;
  actorName: string;
}

export interface LedgerParts extends Pick<Kernel, 'db' | 'clock' | 'audit'> {
  readonly cases: Pick<CasesService, 'get'>;
  readonly carryOut: Doing;
}

const columns = sql.raw(`
  e.device, e.number, e.organisation, e.place, e.case_id as "caseId", e.kind, e.text, e.digest, e.signature,
  e.said_at as "saidAt", e.received_at as "receivedAt", e.marks, e.outcome, e.problem, e.actor, e.actor_name as "actorName"`);
const entriesShown = 500;

type CaseFile = Awaited<ReturnType<CasesService['get']>>;

/** The ledger of what was said out in the field: each entry taken once, in order, as it was signed (H-9.2.3-b). */
export function createLedger({ db, clock, audit, cases, carryOut }: LedgerParts) {
  /** The case as far as the actor may see it; what is gone from his reach refuses the entry, not the chain. */
  async function fileOf(actor: Actor, id: string): Promise<CaseFile | undefined> {
    try {
      return await cases.get(actor, id);
    } catch (cause) {
      if (cause instanceof CaseMissing) return undefined;
      throw cause;
    }
  }

  /** What was told to the phone: kept, so that asking again gets the same answer. */
  async function outcomeOf(
    tx: Tx,
    actor: Actor,
    said: Said,
    file: CaseFile | undefined,
    marks: ReturnType<typeof marksOf>,
  ) {
    try {
      if (!file) throw new CaseMissing({ id: said.case });
      await tx.savepoint(() => carryOut(tx, actor, said, file, marks));
      return { outcome: 'done' as const, problem: null };
    } catch (cause) {
      if (!(cause instanceof Problem) || cause instanceof FieldPhotoAwaited || cause.status >= 500) throw cause;
      return { outcome: 'refused' as const, problem: { type: cause.type, data: cause.data } };
    }
  }

  function checkChain(device: DeviceRow, said: Said, { text, signature }: SignedText): void {
    const last = { number: device.lastNumber, digest: device.lastDigest };
    if (said.device !== device.id || said.number !== last.number + 1 || said.former !== last.digest)
      throw new FieldChainBroken({ device: device.id, number: said.number, last });
    if (!isSigned(device.key, text, signature)) throw new FieldSignatureWrong({ number: said.number });
  }

  /** Takes one entry, or finds it taken. Throws FieldChainBroken, FieldSignatureWrong, FieldPhotoAwaited. */
  async function takeOne(actor: Actor, device: string, signed: SignedText): Promise<EntryRow> {
    const said = readEntry(signed.text);
    const digest = digestOf(signed.text);
    const file = await fileOf(actor, said.case);
    return db.transaction(actor.scope, async (tx) => {
      const by = await lockDevice(tx, actor, device);
      const known = await tx.maybe(
        sql<EntryRow>`select ${columns} from field.entry e where e.device = ${device} and e.number = ${said.number}`,
      );
      if (known?.digest === digest) return known;
      checkChain(by, said, signed);
      const at = new Date(said.at);
      const receivedAt = clock.now();
      const marks = marksOf(at, { received: receivedAt, former: by.lastAt, givenOut: file?.row.openedAt });
      const { outcome, problem } = await outcomeOf(tx, actor, said, file, marks);
      const row: EntryRow = {
        ...{
          device,
          number: said.number,
          organisation: actor.scope.organisation,
          place: file?.row.place ?? actor.scope.subtrees[0] ?? '',
        },
        ...{
          caseId: file ? said.case : null,
          kind: said.act.kind,
          text: signed.text,
          digest,
          signature: signed.signature,
        },
        ...{ saidAt: at, receivedAt, marks, outcome, problem, actor: actor.id, actorName: actor.name },
      };
      await keep(tx, row);
      await audit.add(tx, actor, {
        action: 'field.entry',
        subject: `field-device:${device}`,
        place: row.place,
        detail: { number: row.number, kind: row.kind, case: file?.row.code, outcome, marks, digest },
      });
      return row;
    });
  }

  async function keep(tx: Tx, row: EntryRow): Promise<void> {
    await tx.run(sql`
      insert into field.entry (device, number, organisation, place, case_id, kind, text, digest, signature, said_at,
        received_at, marks, outcome, problem, actor, actor_name)
      values (${row.device}, ${row.number}, ${row.organisation}, ${row.place}, ${row.caseId}, ${row.kind}, ${row.text},
        ${row.digest}, ${row.signature}, ${row.saidAt}, ${row.receivedAt}, ${row.marks}, ${row.outcome},
        ${row.problem ? JSON.stringify(row.problem) : null}, ${row.actor}, ${row.actorName})`);
    await tx.run(sql`
      update field.device set last_number = ${row.number}, last_digest = ${row.digest}, last_at = ${row.saidAt}
      where id = ${row.device}`);
  }

  return {
    /**
     * Takes entries in the order they come; what was taken before is answered as it was then. The first that cannot be
     * taken ends the batch with its problem; those before it stay taken.
     */
    take: async (actor: Actor, device: string, entries: readonly SignedText[]): Promise<EntryRow[]> => {
      const taken: EntryRow[] = [];
      for (const each of entries) taken.push(await takeOne(actor, device, each));
      return taken;
    },

    /** Phones that spoke of a case, with what they said of it and whether each of their chains holds. */
    ofCase: async (actor: Actor, caseId: string) => {
      await cases.get(actor, caseId);
      const rows = await db.read(
        actor.scope,
        sql<EntryRow>`select ${columns} from field.entry e
          where e.case_id = ${caseId} and e.organisation = ${actor.scope.organisation} and ${inSubtrees(actor.scope, 'e.place')}
          order by e.received_at, e.number limit ${entriesShown}`,
      );
      const ids = [...new Set(rows.map(({ device }) => device))];
      return { rows, chains: await Promise.all(ids.map((id) => chainOf(actor, id, rows))) };
    },
  };

  /** The stretch of a phone's chain that bears these entries: from the first of them to the last, all that lies between. */
  async function chainOf(actor: Actor, device: string, rows: readonly EntryRow[]) {
    const numbers = rows.filter((row) => row.device === device).map(({ number }) => number);
    const [from, to] = [Math.min(...numbers), Math.max(...numbers)];
    return db.systemTransaction(async (tx) => {
      const [known] = await tx.all(
        sql<DeviceRow>`select ${deviceColumns} from field.device d where d.id = ${device} and d.organisation = ${actor.scope.organisation}`,
      );
      // Entries of other places lie between; of them only the digests are looked at.
      const stretch = await tx.all(
        sql<EntryRow>`select ${columns} from field.entry e
          where e.device = ${device} and e.number between ${from} and ${to} order by e.number`,
      );
      const whole = stretch.length === to - from + 1;
      return {
        device,
        name: known?.name ?? '',
        owner: known?.accountName ?? '',
        entries: numbers.length,
        broken: whole ? brokenEntries(known?.key ?? '', stretch) : numbers,
      };
    });
  }
}
