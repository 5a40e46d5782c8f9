import type { SourceTree } from '../../source/index.ts';
import type { Finding } from '../finding.ts';
import { keyLine, readTextFile } from '../i18n/texts.ts';

const glossaryFile = 'docs/glossary.json';
const apiFile = 'docs/openapi.json';

type Language = 'zh' | 'en';

interface Term {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  readonly not: Readonly<Record<Language, readonly string[]>>;
}

interface Refused {
  readonly term: Term;
  readonly word: string;
  /** Whether a text says it. */
  readonly said: (text: string) => boolean;
}

/** English by whole words; Chinese has no gaps between words, and is found anywhere. */
function sayer(word: string, language: Language): (text: string) => boolean {
  if (language === 'zh') return (text) => text.includes(word);
  const form = new RegExp(`\\b${word.replace(/[-\s]+/g, '[-\\s]+')}s?\\b`, 'i');
  return (text) => form.test(text);
}

const refused = (terms: readonly Term[], language: Language): Refused[] =>
  terms.flatMap((term) => term.not[language].map((word) => ({ term, word, said: sayer(word, language) })));

/** What the glossary itself gets wrong: a word that is one concept's term and another's refused word. */
function ownFaults(terms: readonly Term[]): Finding[] {
  const findings: Finding[] = [];
  const fault = (message: string) => findings.push({ rule: 'glossary-broken', file: glossaryFile, line: 1, message });
  for (const language of ['zh', 'en'] as const) {
    const seen = new Set<string>();
    for (const term of terms) {
      if (seen.has(term[language])) fault(`two concepts are called ${term[language]}`);
      seen.add(term[language]);
    }
    for (const { term, word, said } of refused(terms, language)) {
      const owner = terms.find((each) => said(each[language]));
      if (owner) fault(`${word} is refused for ${term.id}, and is part of the term of ${owner.id}`);
    }
  }
  return findings;
}

function inTexts(tree: SourceTree, file: string, words: readonly Refused[], language: Language): Finding[] {
  const source = tree.read(file);
  return [...readTextFile(tree, file).texts].flatMap(([key, text]) =>
    words
      .filter(({ said }) => said(text))
      .map(({ term, word }) => ({
        rule: 'term-refused',
        file,
        line: keyLine(source, key),
        message: `${key} says ${word}; the term is ${term[language]}`,
      })),
  );
}

/** Summaries and descriptions, one to a line in the API document. */
function inApi(tree: SourceTree, words: readonly Refused[]): Finding[] {
  if (!tree.has(apiFile)) return [];
  return tree
    .read(apiFile)
    .split('\n')
    .flatMap((text, index) =>
      /^\s*"(summary|description)":/.test(text)
        ? words
            .filter(({ said }) => said(text))
            .map(({ term, word }) => ({
              rule: 'term-refused',
              file: apiFile,
              line: index + 1,
              message: `the API says ${word}; the term is ${term.en}`,
            }))
        : [],
    );
}

/** One term for each concept: texts of the interface and of the API in other words are objected to (H-3-1). */
export function checkGlossary(tree: SourceTree): Finding[] {
  if (!tree.has(glossaryFile)) return [];
  const { terms } = JSON.parse(tree.read(glossaryFile)) as { terms: Term[] };
  const words = { zh: refused(terms, 'zh'), en: refused(terms, 'en') };
  const texts = tree.files.flatMap((file) => {
    if (file.endsWith('i18n/zh-CN.json')) return inTexts(tree, file, words.zh, 'zh');
    return file.endsWith('i18n/en.json') ? inTexts(tree, file, words.en, 'en') : [];
  });
  return [...ownFaults(terms), ...texts, ...inApi(tree, words.en)];
}
