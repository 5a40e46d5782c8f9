import { basename, dirname } from 'node:path';
import { isCode, placeOf, type SourceTree } from '../../source/index.ts';
import type { Finding } from '../finding.ts';

/** Schemas by name → the module that owns them: the folder its migrations stand in (kernel/db owns `kernel`). */
function schemaOwners(tree: SourceTree): Map<string, string> {
  const owners = new Map<string, string>();
  for (const file of tree.files) {
    if (!/\/migrations\/[^/]+\.sql$/.test(file)) continue;
    const folder = dirname(dirname(file));
    owners.set(folder === 'kernel/db' ? 'kernel' : basename(folder).replaceAll('-', '_'), folder);
  }
  return owners;
}

const touched = /\b(?:from|join|into|update|references|truncate)\s+(?:only\s+)?"?([a-z_][a-z0-9_]*)"?\."?[a-z_]/gi;
const builders =
  /(?:^|\.)(?:selectFrom|insertInto|updateTable|deleteFrom|replaceInto|(?:inner|left|right|full|cross)Join)$/;

interface Touch {
  readonly schema: string;
  readonly line: number;
}

function touchesIn(text: string, firstLine: number): Touch[] {
  return [...text.matchAll(touched)].map((match) => ({
    schema: (match[1] ?? '').toLowerCase(),
    line: firstLine + text.slice(0, match.index).split('\n').length - 1,
  }));
}

function touchesOf(tree: SourceTree, file: string): Touch[] {
  if (file.endsWith('.sql')) return touchesIn(tree.read(file).replace(/--.*$/gm, ''), 1);
  const { templates, textCalls } = tree.facts(file);
  const built = textCalls.filter(({ callee, text }) => builders.test(callee) && text.includes('.'));
  return [
    ...templates.flatMap(({ text, line }) => touchesIn(text, line)),
    ...textCalls
      .filter(({ callee, open }) => callee.endsWith('query') && !open)
      .flatMap(({ text, line }) => touchesIn(text, line)),
    ...built.map(({ text, line }) => ({ schema: text.slice(0, text.indexOf('.')), line })),
  ];
}

/** A module touches the tables of its own schema only; others' data is read through their doors or published views. */
export function checkTables(tree: SourceTree): Finding[] {
  const owners = schemaOwners(tree);
  const findings: Finding[] = [];
  for (const file of tree.files) {
    const place = isCode(file) || file.endsWith('.sql') ? placeOf(tree, file) : undefined;
    // Tests look behind the curtain on purpose; the kernel's mechanics share one schema.
    if (!place || place.test || /^(tests|bench|tools)$/.test(place.room) || file.includes('/testing/')) continue;
    for (const { schema, line } of touchesOf(tree, file)) {
      const owner = owners.get(schema);
      if (owner === undefined || file.startsWith(`${owner}/`)) continue;
      if (schema === 'kernel' && place.room === 'kernel') continue;
      findings.push({
        rule: 'foreign-table',
        file,
        line,
        message: `${schema}.… belongs to ${owner}: ask its door or its published views`,
      });
    }
  }
  return findings;
}
