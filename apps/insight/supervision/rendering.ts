import { fieldErrors } from '@keystead/contracts/thing-model';
import { Download } from '@keystead/kernel/http';
import { renderPaper } from '@keystead/kernel/pdf';
import { sheetFile } from '@keystead/kernel/sheet';
import { ExportInvalid } from './problems.ts';
import type { CellText, ReportBody, Template } from './templates.ts';

export type Language = 'zh-CN' | 'en';
export const reportFormats = ['html', 'mobile', 'pdf', 'xlsx', 'data'] as const;
export type ReportFormat = (typeof reportFormats)[number];

interface Shown {
  readonly title: string;
  readonly at: Date;
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const words = {
  'zh-CN': { place: '区域', total: '合计', none: '—' },
  en: { place: 'Area', total: 'Total', none: '—' },
} as const;

/** Title, heads and rows in a language; the last row is the total. */
export function shownOf(template: Template, body: ReportBody, at: Date, language: Language): Shown {
  const { place, total, none } = words[language];
  const own = language === 'en' ? 'en' : 'zh';
  const cells = (texts: readonly CellText[]) => texts.map((text) => text ?? none);
  return {
    title: `${template.region[own]} ${template.name[own]} ${body.month}`,
    at,
    heads: [place, ...template.columns.map(({ label }) => label[own])],
    rows: [...body.rows.map(({ name, cells: texts }) => [name, ...cells(texts)]), [total, ...cells(body.total)]],
  };
}

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const safe = (text: string): string => text.replace(/[&<>"']/g, (sign) => signs[sign] ?? sign);
const row = (tag: string, cells: readonly string[]): string =>
  `<tr>${cells.map((cell) => `<${tag}>${safe(cell)}</${tag}>`).join('')}</tr>`;
const page = (language: Language, title: string, style: string, content: string): string =>
  `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">` +
  `<title>${safe(title)}</title><style>body{font-family:system-ui,sans-serif;margin:16px;line-height:1.5}${style}</style></head><body><h1>${safe(title)}</h1>${content}</body></html>`;

const html = (language: Language, { title, heads, rows }: Shown): string =>
  page(
    language,
    title,
    'table{border-collapse:collapse;width:100%}td,th{border:1px solid #bbb;padding:6px 10px;text-align:right}td:first-child,th:first-child{text-align:left}tr:last-child{font-weight:600}',
    `<table><thead>${row('th', heads)}</thead><tbody>${rows.map((cells) => row('td', cells)).join('')}</tbody></table>`,
  );

/** For a narrow screen: one card for each place, nothing to scroll sideways. */
const mobile = (language: Language, { title, heads, rows }: Shown): string =>
  page(
    language,
    title,
    'h1{font-size:20px}section{border:1px solid #ccc;border-radius:8px;padding:8px 12px;margin:12px 0}h2{font-size:18px;margin:4px 0}dl{display:grid;grid-template-columns:1fr auto;gap:4px 12px;margin:0;font-size:16px}dd{margin:0;text-align:right;font-weight:600}',
    rows
      .map(([name = '', ...cells]) => {
        const lines = cells.map((cell, n) => `<dt>${safe(heads[n + 1] ?? '')}</dt><dd>${safe(cell)}</dd>`).join('');
        return `<section><h2>${safe(name)}</h2><dl>${lines}</dl></section>`;
      })
      .join(''),
  );

/** What the region's own system takes in. Throws ExportInvalid with where it does not fit. */
export function exportOf(template: Template, body: ReportBody): unknown {
  const made = template.exported(body);
  const faults = fieldErrors(template.schema, made);
  if (faults.length > 0) throw new ExportInvalid({ template: template.id }, faults);
  return made;
}

const figure = (text: string): string | number => (/^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text);

/** The report as a file; every form shows the same figures (H-8.5-d). */
export async function renderReport(
  template: Template,
  body: ReportBody,
  { at, language, format }: { at: Date; language: Language; format: ReportFormat },
): Promise<Download> {
  const shown = shownOf(template, body, at, language);
  const { title, heads, rows } = shown;
  if (format === 'html') return new Download(html(language, shown), 'text/html; charset=utf-8');
  if (format === 'mobile') return new Download(mobile(language, shown), 'text/html; charset=utf-8');
  if (format === 'data')
    return new Download(
      JSON.stringify(exportOf(template, body), null, 2),
      'application/json',
      `${template.id}-${body.month}.json`,
    );
  if (format === 'xlsx')
    return sheetFile(
      { name: title, heads, rows: rows.map(([name = '', ...cells]) => [name, ...cells.map(figure)]) },
      'xlsx',
    );
  const figures = heads.map((_, n) => n).slice(1);
  const blocks = [{ kind: 'table' as const, head: heads, rows, figures }];
  const paper = await renderPaper({ title, at, language, blocks, foot: title });
  return new Download(paper, 'application/pdf', `${title}.pdf`);
}
