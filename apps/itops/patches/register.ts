import { isDeepStrictEqual } from 'node:util';
import type { Actor } from '@keystead/contracts/access';
import { newId } from '@keystead/contracts/ids';
import { EditConflict, Problem } from '@keystead/contracts/problem';
import { readCursor, writeCursor } from '@keystead/kernel/http';
import type { Kernel } from '@keystead/kernel/module';
import { type Advisory, AdvisoryCodeTaken, type AdvisoryDraft, AdvisoryMissing } from './advisory.ts';
import { readCsaf } from './csaf.ts';
import { readOsv } from './osv.ts';
import * as store from './store.ts';
import type { TaskState } from './task.ts';

const mostFindings = 1000;

export interface ImportResult {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Documents that could not be read, by their place in the list. */
  readonly refused: readonly { readonly index: number; readonly problem: string }[];
}

interface Page {
  readonly limit: number;
  readonly cursor?: string;
}

function pageOf<Row extends { id: string }>(rows: Row[], limit: number, at: (row: Row) => Date) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, next: rows.length > limit && last ? writeCursor(at(last), last.id) : null };
}

/** Compared as stored: the database orders the keys of a document its own way. */
const sameContent = (
  known: Advisory,
  { code, title, summary, severity, affected, links, publishedAt, withdrawnAt }: AdvisoryDraft,
) =>
  isDeepStrictEqual(
    [
      known.code,
      known.title,
      known.summary,
      known.severity,
      known.affected,
      known.links,
      known.publishedAt,
      known.withdrawnAt,
    ],
    JSON.parse(JSON.stringify([code, title, summary, severity, affected, links])).concat([publishedAt, withdrawnAt]),
  );

/** The register of advisories 公告库: entered by hand, or imported from OSV and CSAF documents. */
export function createRegister({ db, clock, audit }: Pick<Kernel, 'db' | 'clock' | 'audit'>) {
  return {
    advisories: async (actor: Actor, { limit, cursor, text }: Page & { text?: string }) => {
      const after = cursor ? readCursor(cursor) : undefined;
      const rows = await db.read(actor.scope, store.advisoriesInView(actor.scope, { limit: limit + 1, after, text }));
      return pageOf(rows, limit, ({ recordedAt }) => recordedAt);
    },

    /** One advisory with the tasks and the first 1,000 findings in view. Throws AdvisoryMissing. */
    advisory: (actor: Actor, id: string) =>
      db.transaction(actor.scope, async (tx) => {
        const advisory = await tx.one(store.advisoryById(actor.scope, id), () => new AdvisoryMissing({ id }));
        const tasks = await tx.all(store.tasksInView(actor.scope, { advisory: id, limit: 200 }));
        return { advisory, tasks, findings: await tx.all(store.findingsInView(actor.scope, id, mostFindings)) };
      }),

    tasks: async (actor: Actor, { limit, cursor, state }: Page & { state?: TaskState }) => {
      const after = cursor ? readCursor(cursor) : undefined;
      const rows = await db.read(actor.scope, store.tasksInView(actor.scope, { limit: limit + 1, after, state }));
      return pageOf(rows, limit, ({ openedAt }) => openedAt);
    },

    /** Enters one by hand. Throws AdvisoryCodeTaken. */
    add: (actor: Actor, draft: Omit<AdvisoryDraft, 'withdrawnAt'>): Promise<Advisory> =>
      db.transaction(actor.scope, async (tx) => {
        const { organisation } = actor.scope;
        const taken = await tx.maybe(store.advisoryByCode(organisation, draft.code));
        if (taken) throw new AdvisoryCodeTaken({ code: draft.code });
        const row: Advisory = { ...draft, withdrawnAt: null, id: newId(), source: 'hand', version: 1 };
        await store.saveAdvisory(tx, organisation, row, clock.now());
        await audit.add(tx, actor, {
          action: 'advisory.add',
          subject: `advisory:${row.id}`,
          detail: { code: row.code, severity: row.severity },
        });
        return row;
      }),

    /** It was a mistake, or its publisher took it back: open tasks end at the next reading. Throws AdvisoryMissing, EditConflict. */
    withdraw: (actor: Actor, id: string, version: number | undefined): Promise<Advisory> =>
      db.transaction(actor.scope, async (tx) => {
        const before = await tx.one(store.advisoryById(actor.scope, id), () => new AdvisoryMissing({ id }));
        if (version !== undefined && version !== before.version)
          throw new EditConflict({ id, version: before.version });
        const after = { ...before, withdrawnAt: before.withdrawnAt ?? clock.now(), version: before.version + 1 };
        await store.saveAdvisory(tx, actor.scope.organisation, after, clock.now());
        await audit.add(tx, actor, {
          action: 'advisory.withdraw',
          subject: `advisory:${id}`,
          detail: { code: before.code },
        });
        return after;
      }),

    /** Takes in documents of publishers; a code known already is brought up to its newest document. */
    import: async (actor: Actor, format: 'osv' | 'csaf', documents: readonly unknown[]): Promise<ImportResult> => {
      const refused: { index: number; problem: string }[] = [];
      const drafts = documents.flatMap((document, index) => {
        try {
          return format === 'osv' ? [readOsv(document)] : readCsaf(document);
        } catch (cause) {
          if (!(cause instanceof Problem)) throw cause;
          refused.push({ index, problem: cause.type });
          return [];
        }
      });
      return db.transaction(actor.scope, async (tx) => {
        const { organisation } = actor.scope;
        const counts = { added: 0, changed: 0, same: 0 };
        for (const draft of drafts) {
          const known = await tx.maybe(store.advisoryByCode(organisation, draft.code));
          if (known && sameContent(known, draft)) {
            counts.same += 1;
            continue;
          }
          counts[known ? 'changed' : 'added'] += 1;
          const version = (known?.version ?? 0) + 1;
          const row: Advisory = { ...draft, id: known?.id ?? newId(), source: format, version };
          await store.saveAdvisory(tx, organisation, row, clock.now());
        }
        await audit.add(tx, actor, {
          action: 'advisory.import',
          subject: `advisory:${format}`,
          detail: { documents: documents.length, refused: refused.length, ...counts },
        });
        return { ...counts, refused };
      });
    },
  };
}

export type Register = ReturnType<typeof createRegister>;
