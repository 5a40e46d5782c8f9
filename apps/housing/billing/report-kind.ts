import type { ReportKind } from '@keystead/apps/insight/reporting';
import type { BillingService } from './billing.ts';
import { reportFile } from './report-file.ts';

/** The collection of a month as a report that is made by schedule and sent (H-9.1.4-d); a made one is known by its month. */
export const collectionKind = ({ report, catalogue }: Pick<BillingService, 'report' | 'catalogue'>): ReportKind => ({
  id: 'collection',
  name: { zh: '收缴分析报告', en: 'Collection analysis' },
  permission: 'bill:read',
  about: 'collection-report',
  formats: ['pdf', 'xlsx'],
  organisations: report.organisations,
  make: async (actor, month) => {
    await report.make(actor, month);
    return { id: month };
  },
  file: async (actor, month, format, language) =>
    reportFile(
      await report.get(actor, month),
      await catalogue.namesIn(actor, language),
      format === 'xlsx' ? 'xlsx' : 'pdf',
      language,
    ),
});
