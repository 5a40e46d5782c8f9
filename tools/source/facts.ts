import { parseSync } from 'oxc-parser';
import { readEdge } from './edge.ts';
import type { Edge, FileFacts, ModuleDeclaration, NameCall, Spot, TextCall } from './fact.ts';
import {
  child,
  children,
  isNode,
  keyName,
  literalText,
  memberNames,
  type SyntaxNode,
  templateHead,
  templateParts,
  visit,
} from './node.ts';

const silencer = /^[\s*]*@?(ts-ignore|ts-expect-error|ts-nocheck|biome-ignore|eslint-disable|oxlint-disable)/;
const holding = new Set(['skip', 'only', 'todo']);
const holdingIf = new Set(['skipIf', 'runIf']);

function lineFinder(text: string): (offset: number) => number {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low + 1;
  };
}

function readModule(call: SyntaxNode, line: (offset: number) => number): ModuleDeclaration {
  const properties = children(children(call, 'arguments')[0], 'properties');
  const property = (name: string) => properties.find((candidate) => keyName(candidate) === name);
  const needs = children(child(property('needs'), 'value', 'ObjectExpression'), 'properties').map((need) => {
    const value = child(need, 'value', 'Identifier');
    return { key: keyName(need) ?? '…', local: value && String(value.name), line: line(need.start) };
  });
  return { line: line(call.start), name: literalText(child(property('name'), 'value')), needs };
}

function readsEnvironment(node: SyntaxNode): boolean {
  if (node.type === 'MemberExpression') return memberNames(node).join('.') === 'process.env';
  if (node.type === 'VariableDeclarator') {
    const source = child(node, 'init', 'Identifier');
    return (
      source?.name === 'process' &&
      children(child(node, 'id', 'ObjectPattern'), 'properties').some((p) => keyName(p) === 'env')
    );
  }
  return false;
}

function holdsTest(call: SyntaxNode, names: readonly string[]): boolean {
  if (child(call, 'callee')?.type !== 'MemberExpression') return false;
  const conditional = names.some((name) => holdingIf.has(name));
  if (conditional) return children(call, 'arguments')[0]?.type === 'Literal';
  return names.length > 1 && names.slice(1).some((name) => holding.has(name));
}

/** Parses one source text. A syntax error is a fact too (`errors`), never an exception. */
export function readFacts(file: string, text: string): FileFacts {
  const result = parseSync(file, text, { preserveParens: false });
  const line = lineFinder(text);
  const edges: Edge[] = [];
  const openImports: number[] = [];
  const environmentReads: number[] = [];
  const heldTests: Spot[] = [];
  const textCalls: TextCall[] = [];
  const nameCalls: NameCall[] = [];
  const literals = new Set<string>();
  const templates: Spot[] = [];
  let module: ModuleDeclaration | undefined;

  const seeCall = (node: SyntaxNode): void => {
    const names = memberNames(child(node, 'callee'));
    const callee = names.join('.');
    if (names.at(-1) === 'defineModule') module = readModule(node, line);
    if (holdsTest(node, names)) heldTests.push({ line: line(node.start), text: callee });
    const parts = children(node, 'arguments');
    const first = parts[0];
    const fixed = literalText(first);
    if (fixed !== undefined) textCalls.push({ callee, line: line(node.start), text: fixed, open: false });
    else if (first?.type === 'TemplateLiteral') {
      textCalls.push({ callee, line: line(node.start), text: templateHead(first), open: true });
    }
    const identifiers = parts.filter((part) => part.type === 'Identifier').map((part) => String(part.name));
    if (identifiers.length > 0) nameCalls.push({ callee, names: identifiers });
  };

  const program: unknown = result.program;
  if (isNode(program)) {
    visit(program, (node) => {
      const edge = readEdge(node);
      if (edge === 'open') openImports.push(line(node.start));
      else if (edge) edges.push({ ...edge, line: line(node.start) });
      if (readsEnvironment(node)) environmentReads.push(line(node.start));
      if (node.type === 'CallExpression') seeCall(node);
      const fixed = literalText(node);
      if (fixed !== undefined) literals.add(fixed);
      if (node.type === 'TemplateLiteral') {
        templates.push({ line: line(node.start), text: templateParts(node).join('?') });
      }
    });
  }
  for (const edge of edges) {
    if (/^(node:)?process$/.test(edge.specifier) && edge.names.some(([name]) => name === 'env'))
      environmentReads.push(edge.line);
  }
  return {
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    errors: result.errors.map((error) => ({ line: line(error.labels[0]?.start ?? 0), text: error.message })),
    edges,
    openImports,
    environmentReads,
    silencers: result.comments
      .filter((comment) => silencer.test(comment.value))
      .map((comment) => ({ line: line(comment.start), text: comment.value.trim() })),
    heldTests,
    textCalls,
    nameCalls,
    literals,
    templates,
    module,
  };
}
