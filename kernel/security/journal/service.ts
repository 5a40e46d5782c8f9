import type { Actor } from '@keystead/contracts/access';
import type { Clock } from '@keystead/kernel/base';
import type { Db } from '@keystead/kernel/db';
import type { Catalogue, Language } from '@keystead/kernel/i18n';
import {
  type Audit,
  checkRetention,
  leastDays,
  lineById,
  lines,
  readRetention,
  writeRetention,
} from '@keystead/kernel/security/audit';
import type { Cell, Sheet } from '@keystead/kernel/sheet';
import { LineMissing, lineCells, lineColumns, readCursor, view, writeCursor } from './line.ts';
import type { LineFilter, LineQuery, LineView } from './schemas.ts';

export interface JournalOptions {
  db: Db;
  clock: Clock;
  audit: Audit;
  catalogue: Catalogue;
}

/** Most lines of one export; who needs more narrows the time. */
export const exportLimit = 200_000;
const exportPage = 2000;

/** Reading the journal within the reader's scope (I-5.1-c, H-11.1-e-1), and how long it is kept (H-11.1-e-2). */
export function createReading({ db, audit, catalogue }: JournalOptions) {
  async function page(actor: Actor, query: LineQuery): Promise<{ items: LineView[]; next: string | null }> {
    const after = query.cursor === undefined ? undefined : readCursor(query.cursor);
    const rows = await db.systemRead(lines(actor, query, after, query.limit + 1));
    const last = rows.length > query.limit ? rows[query.limit - 1] : undefined;
    return { items: rows.slice(0, query.limit).map(view), next: last ? writeCursor(last) : null };
  }

  async function* allCells(actor: Actor, filter: LineFilter): AsyncGenerator<Cell[]> {
    let after: { micros: number; id: string } | undefined;
    for (let done = 0; done < exportLimit; done += exportPage) {
      const rows = await db.systemRead(lines(actor, filter, after, exportPage));
      yield* rows.map(lineCells);
      after = rows.at(-1);
      if (rows.length < exportPage) return;
    }
  }

  return {
    list: page,
    get: async (actor: Actor, id: string): Promise<LineView> => {
      const [row] = await db.systemRead(lineById(actor, id));
      if (!row) throw new LineMissing({ id });
      return view(row);
    },
    /** A table, newest first, heads in a language or as field names; that it was taken out is itself a line. */
    export: async (actor: Actor, filter: LineFilter, language?: Language): Promise<Sheet> => {
      await db.transaction(actor.scope, (tx) =>
        audit.add(tx, actor, { action: 'journal.export', subject: 'journal', kind: 'access', detail: { ...filter } }),
      );
      const t = catalogue.in(language ?? 'zh-CN');
      const heads = language === undefined ? lineColumns : lineColumns.map((name) => t(`journal.column.${name}`));
      return { name: t('journal.sheet'), heads, rows: allCells(actor, filter) };
    },
    retention: async () => ({ days: await readRetention(db), least: leastDays }),
    /** Throws RetentionTooShort. */
    keepFor: async (actor: Actor, days: number) => {
      checkRetention(days);
      const before = await readRetention(db);
      await db.systemTransaction(async (tx) => {
        await tx.run(writeRetention(days));
        await audit.add(tx, actor, { action: 'journal.keep', subject: 'journal', detail: { from: before, to: days } });
      });
      return { days, least: leastDays };
    },
  };
}
