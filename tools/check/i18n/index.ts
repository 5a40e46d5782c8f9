import { isCode, isTest, type SourceTree } from '../../source/index.ts';
import type { Finding } from '../finding.ts';
import { keyLine, placesIn, readTextFile, type TextFile } from './texts.ts';

const zhName = 'zh-CN.json';

interface Pair {
  readonly zh: TextFile;
  readonly en: TextFile | undefined;
}

function readPairs(tree: SourceTree): Pair[] {
  return tree.files
    .filter((file) => file.endsWith(`i18n/${zhName}`))
    .map((file) => {
      const other = file.replace(zhName, 'en.json');
      return { zh: readTextFile(tree, file), en: tree.has(other) ? readTextFile(tree, other) : undefined };
    });
}

function comparePair(tree: SourceTree, { zh, en }: Pair): Finding[] {
  const broken = [zh, en].flatMap((one) =>
    one?.broken === undefined ? [] : [{ rule: 'text-broken', file: one.file, line: 1, message: one.broken }],
  );
  if (broken.length > 0) return broken;
  if (!en) return [{ rule: 'text-unpaired', file: zh.file, line: 1, message: 'en.json is missing beside it' }];
  const findings: Finding[] = [];
  const add = (rule: string, { file }: TextFile, key: string, message: string) =>
    findings.push({ rule, file, line: keyLine(tree.read(file), key), message });
  for (const [key, text] of zh.texts) {
    const english = en.texts.get(key);
    if (text.trim() === '') add('text-broken', zh, key, `${key} is empty`);
    if (english === undefined) add('text-unpaired', zh, key, `${key} has no English text`);
    else if (placesIn(english) !== placesIn(text))
      add('text-places', en, key, `${key} fills {${placesIn(english)}}, in Chinese {${placesIn(text)}}`);
  }
  for (const [key, text] of en.texts) {
    if (text.trim() === '') add('text-broken', en, key, `${key} is empty`);
    if (!zh.texts.has(key)) add('text-unpaired', en, key, `${key} has no Chinese text`);
  }
  return findings;
}

interface Use {
  readonly key: string;
  readonly file: string;
  readonly line: number;
  readonly open: boolean;
}

const problemClass = /static (?:override )?readonly type(?:: string)? = '([a-z][a-z0-9-]*)'/g;

/** Keys the code asks for: `t('a.b')`, and the title of each problem type (`problem('alarm-missing', 404)`). */
function readUses(tree: SourceTree, files: readonly string[]): Use[] {
  const uses: Use[] = [];
  for (const file of files) {
    for (const { callee, text, line, open } of tree.facts(file).textCalls) {
      if (/(^|\.)t$/.test(callee)) uses.push({ key: text, file, line, open });
      if (/(^|\.)problem$/.test(callee) && !open) uses.push({ key: `problem.${text}`, file, line, open });
    }
    const source = tree.read(file);
    if (!source.includes('extends Problem')) continue;
    for (const match of source.matchAll(problemClass)) {
      uses.push({
        key: `problem.${match[1]}`,
        file,
        line: source.slice(0, match.index).split('\n').length,
        open: false,
      });
    }
  }
  return uses;
}

/**
 * Texts in both languages with the same keys and places, every key the code names exists, none is left over. A key
 * counts as used when it stands anywhere in the code as a literal, or below a prefix listed in `$dynamic`.
 */
export function checkTexts(tree: SourceTree): Finding[] {
  const pairs = readPairs(tree);
  const files = tree.files.filter((file) => isCode(file) && !isTest(file) && !file.startsWith('tools/'));
  const uses = readUses(tree, files);
  const known = new Set(pairs.flatMap(({ zh }) => [...zh.texts.keys()]));
  const dynamic = pairs.flatMap(({ zh }) => zh.dynamic);
  // Titles of problems are put together in one place of the kernel; every type is known from its class.
  const mayBePutTogether = ['problem.', ...dynamic];
  const findings = pairs.flatMap((pair) => comparePair(tree, pair));

  for (const { key, file, line, open } of uses) {
    if (open) {
      const declared = key === '' || mayBePutTogether.some((prefix) => key.startsWith(prefix));
      if (!declared)
        findings.push({
          rule: 'text-open',
          file,
          line,
          message: `keys beginning with '${key}' are put together: list the prefix in $dynamic`,
        });
    } else if (!known.has(key)) {
      findings.push({ rule: 'text-missing', file, line, message: `no i18n file has '${key}'` });
    }
  }

  const named = new Set(uses.filter((use) => !use.open).map((use) => use.key));
  const written = (key: string) => named.has(key) || files.some((file) => tree.facts(file).literals.has(key));
  for (const { zh } of pairs) {
    for (const key of zh.texts.keys()) {
      if (dynamic.some((prefix) => key.startsWith(prefix)) || written(key)) continue;
      findings.push({
        rule: 'text-unused',
        file: zh.file,
        line: keyLine(tree.read(zh.file), key),
        message: `${key} is used nowhere`,
      });
    }
    for (const prefix of zh.dynamic) {
      if ([...zh.texts.keys()].some((key) => key.startsWith(prefix))) continue;
      findings.push({
        rule: 'text-unused',
        file: zh.file,
        line: 1,
        message: `$dynamic lists '${prefix}', but no key begins with it`,
      });
    }
  }
  return findings;
}
