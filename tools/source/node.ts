import { visitorKeys } from 'oxc-parser';

/** A node of the syntax tree as far as the facts need it: a type, a position, and named children. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly [key: string]: unknown;
}

export function isNode(value: unknown): value is SyntaxNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}

/** The child under a name, when it is one node of the given type. */
export function child(node: SyntaxNode | undefined, name: string, type?: string): SyntaxNode | undefined {
  const value = node?.[name];
  return isNode(value) && (type === undefined || value.type === type) ? value : undefined;
}

/** The children under a name, when it is a list. */
export function children(node: SyntaxNode | undefined, name: string): SyntaxNode[] {
  const value = node?.[name];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function visit(node: SyntaxNode, see: (node: SyntaxNode) => void): void {
  see(node);
  for (const key of visitorKeys[node.type] ?? []) {
    const value = node[key];
    if (Array.isArray(value)) {
      for (const item of value) if (isNode(item)) visit(item, see);
    } else if (isNode(value)) visit(value, see);
  }
}

/** The text of a string literal or of a template without holes. */
export function literalText(node: SyntaxNode | undefined): string | undefined {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  if (node?.type === 'TemplateLiteral' && children(node, 'expressions').length === 0) return templateHead(node);
  return undefined;
}

/** The fixed parts of a template literal, in order. */
export const templateParts = (node: SyntaxNode): string[] =>
  children(node, 'quasis').map(({ value }) =>
    typeof value === 'object' && value !== null && 'cooked' in value && typeof value.cooked === 'string'
      ? value.cooked
      : '',
  );

/** The fixed text with which a template literal begins. */
export const templateHead = (node: SyntaxNode): string => templateParts(node)[0] ?? '';

/** `a.b.c` as its names; a call or an index in the chain ends it at the left. */
export function memberNames(node: SyntaxNode | undefined): string[] {
  if (node?.type === 'Identifier') return [String(node.name)];
  if (node?.type === 'CallExpression') return memberNames(child(node, 'callee'));
  if (node?.type !== 'MemberExpression') return [];
  const property = child(node, 'property');
  const name = node.computed === true ? literalText(property) : property?.name;
  return [...memberNames(child(node, 'object')), typeof name === 'string' ? name : '?'];
}

/** The name of an object's property, written plain or quoted. */
export function keyName(property: SyntaxNode): string | undefined {
  const key = child(property, 'key');
  return key?.type === 'Identifier' ? String(key.name) : literalText(key);
}
