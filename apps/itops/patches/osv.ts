import type { AdvisoryDraft, AffectedPackage, AffectedRange, Severity } from './advisory.ts';
import { baseScore, severityOfScore, severityOfWord, unrated } from './cvss.ts';
import { AdvisoryUnreadable, type Node, nodeOf } from './document.ts';
import { ecosystemOf } from './software.ts';

/** Events of one range, in their order: each `introduced` opens a span, `fixed` or `last_affected` ends it. */
function spansOf(range: Node): AffectedRange[] {
  if (range.text('type') === 'GIT') return [];
  const spans: AffectedRange[] = [];
  let from: string | undefined;
  for (const event of range.list('events')) {
    const introduced = event.text('introduced');
    const [fixed, lastAffected] = [event.text('fixed'), event.text('last_affected')];
    if (introduced !== undefined) {
      if (from !== undefined) spans.push({ introduced: from });
      from = introduced;
    } else if (from !== undefined && (fixed !== undefined || lastAffected !== undefined)) {
      spans.push({ introduced: from, ...(fixed ? { fixed } : { lastAffected }) });
      from = undefined;
    }
  }
  return from === undefined ? spans : [...spans, { introduced: from }];
}

function packageOf(affected: Node): AffectedPackage[] {
  const name = affected.at('package').text('name');
  if (name === undefined) return [];
  return [
    {
      ecosystem: ecosystemOf(affected.at('package').text('ecosystem')),
      name,
      ranges: affected.list('ranges').flatMap(spansOf),
      versions: affected.texts('versions'),
    },
  ];
}

function severityOf(document: Node): Severity {
  const scores = document.list('severity').flatMap((each) => baseScore(each.text('score') ?? '') ?? []);
  if (scores.length > 0) return severityOfScore(Math.max(...scores));
  return severityOfWord(document.at('database_specific').text('severity')) ?? unrated;
}

/** An advisory from one OSV document (ossf.github.io/osv-schema). Throws AdvisoryUnreadable. */
export function readOsv(value: unknown): AdvisoryDraft {
  const document = nodeOf(value);
  const id = document.text('id');
  const affected = document.list('affected').flatMap(packageOf);
  const withdrawnAt = document.date('withdrawn');
  if (id === undefined || (affected.length === 0 && withdrawnAt === null))
    throw new AdvisoryUnreadable({ format: 'osv' });
  return {
    code: document.texts('aliases').find((alias) => alias.startsWith('CVE-')) ?? id,
    title: (document.text('summary') ?? id).slice(0, 300),
    summary: document.text('details') ?? '',
    severity: severityOf(document),
    affected,
    links: document
      .list('references')
      .flatMap((each) => each.text('url') ?? [])
      .slice(0, 20),
    publishedAt: document.date('published'),
    withdrawnAt,
  };
}
