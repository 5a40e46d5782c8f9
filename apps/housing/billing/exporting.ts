import type { Actor } from '@keystead/contracts/access';
import type { Download } from '@keystead/kernel/http';
import type { Translate } from '@keystead/kernel/i18n';
import type { Kernel } from '@keystead/kernel/module';
import { type SheetFormat, sheetFile } from '@keystead/kernel/sheet';
import type { ListSheet } from './sheets.ts';

/** Lines of a list as a file, at most. */
export const sheetLimit = 20_000;

interface ExportWish {
  /** Name of the list in the journal. */
  readonly list: string;
  readonly language: 'zh-CN' | 'en';
  readonly format: SheetFormat | undefined;
}

/** Lists as files; they name tenants and money, so who took one out is noted. */
export const createExporting =
  ({ db, audit, catalogue }: Pick<Kernel, 'db' | 'audit' | 'catalogue'>) =>
  async (actor: Actor, wish: ExportWish, make: (t: Translate) => Promise<ListSheet>): Promise<Download> => {
    const { list, language, format } = wish;
    const sheet = await make(catalogue.in(language));
    const detail = { rows: sheet.rows.length };
    await db.transaction(actor.scope, (tx) =>
      audit.add(tx, actor, { action: `billing.export-${list}`, kind: 'access', subject: list, detail }),
    );
    return sheetFile(sheet, format);
  };
