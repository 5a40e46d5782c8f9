import { Download } from '@keystead/kernel/http';
import { renderPaper } from '@keystead/kernel/pdf';
import { sheetFile } from '@keystead/kernel/sheet';
import type { CollectionLine, CollectionReport } from './report.ts';

export type ReportLanguage = 'zh-CN' | 'en';

const words = {
  'zh-CN': {
    title: '租金收缴分析报告',
    heads: ['科目', '期初欠费（元）', '本期应收（元）', '收本期（元）', '收往期（元）', '当期收缴率', '综合收缴率'],
    total: '合计',
    received: '本期到账',
  },
  en: {
    title: 'Collection analysis',
    heads: ['Fee', 'Owed before', 'Due', 'Paid of the month', 'Paid of before', 'Rate of the month', 'Rate in all'],
    total: 'Total',
    received: 'Received in the month',
  },
} as const;

const yuan = (minor: number): string => (minor / 100).toFixed(2);
const rate = (paid: number, due: number): string => (due > 0 ? `${((paid / due) * 100).toFixed(1)}%` : '—');

function cells(name: string, line: Omit<CollectionLine, 'subject'>): string[] {
  const { opening, due, collectedCurrent, collectedEarlier } = line;
  return [
    name,
    ...[opening, due, collectedCurrent, collectedEarlier].map(yuan),
    rate(collectedCurrent, due),
    rate(collectedCurrent + collectedEarlier, due + opening),
  ];
}

/** Collection of a month as a file (H-9.1.4-d): PDF to be printed, XLSX to be worked with; the same figures in both. */
export async function reportFile(
  { period, at, figures }: CollectionReport,
  nameOf: (subject: string) => string,
  format: 'pdf' | 'xlsx',
  language: ReportLanguage,
): Promise<Download> {
  const { title, heads, total, received } = words[language];
  const sum = (of: keyof Omit<CollectionLine, 'subject'>) => figures.lines.reduce((all, line) => all + line[of], 0);
  const all = {
    opening: sum('opening'),
    due: sum('due'),
    collectedCurrent: sum('collectedCurrent'),
    collectedEarlier: sum('collectedEarlier'),
  };
  const rows = [...figures.lines.map((line) => cells(nameOf(line.subject), line)), cells(total, all)];
  const name = `${title} ${period}`;
  if (format === 'xlsx') {
    const figured = rows.map((row) => row.map((cell, n) => (n > 0 && n < 5 ? Number(cell) : cell)));
    return sheetFile({ name, heads: [...heads], rows: figured }, 'xlsx');
  }
  const blocks = [
    { kind: 'table' as const, head: heads, rows, figures: [1, 2, 3, 4, 5, 6] },
    { kind: 'text' as const, text: `${received}: ${yuan(figures.received)}` },
  ];
  return new Download(
    await renderPaper({ title: name, at, language, blocks, foot: name }),
    'application/pdf',
    `${name}.pdf`,
  );
}
