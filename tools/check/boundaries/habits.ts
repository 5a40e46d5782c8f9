import { isCode, isTest, type SourceTree } from '../../source/index.ts';
import type { Finding } from '../finding.ts';

const mayReadEnvironment = (file: string): boolean =>
  /^kernel\/(base\/config|testing)\//.test(file) ||
  /^server\/launcher\/.*\.mjs$/.test(file) ||
  /^(tests|bench|tools)\//.test(file) ||
  /^[^/]+\.config\.ts$/.test(file) ||
  isTest(file);

const mayImportOpenly = (file: string): boolean => /^(server|tools)\//.test(file);

const testWords = /^(test|it|describe|suite|bench)\./;

/** What no file may do: fail to parse, silence a tool, hold a test back, read the environment, import at random. */
export function checkHabits(tree: SourceTree): Finding[] {
  const findings: Finding[] = [];
  for (const file of tree.files.filter(isCode)) {
    const facts = tree.facts(file);
    const add = (rule: string, line: number, message: string) => findings.push({ rule, file, line, message });
    for (const { line, text } of facts.errors) add('syntax', line, text);
    for (const { line, text } of facts.silencers)
      add('silenced', line, `nothing is silenced beside the code: ${text.slice(0, 60)}`);
    for (const { line, text } of facts.heldTests) {
      if (testWords.test(text) || isTest(file) || file.startsWith('tests/'))
        add('held-test', line, `${text} holds a test back`);
    }
    if (!mayReadEnvironment(file)) {
      for (const line of facts.environmentReads)
        add('environment', line, 'settings come from kernel/base/config, not from process.env');
    }
    if (!mayImportOpenly(file)) {
      for (const line of facts.openImports) add('open-import', line, 'the target of import() must be written down');
    }
  }
  for (const file of tree.files.filter((name) => name.endsWith('.css'))) {
    const lines = tree.read(file).split('\n');
    for (const [index, text] of lines.entries()) {
      if (/biome-ignore/.test(text))
        findings.push({ rule: 'silenced', file, line: index + 1, message: 'nothing is silenced beside the code' });
    }
  }
  return findings;
}
