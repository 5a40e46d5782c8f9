import type { Edge } from './fact.ts';
import { child, children, literalText, memberNames, type SyntaxNode } from './node.ts';

type Found = Omit<Edge, 'line'>;

const nameOf = (node: SyntaxNode | undefined): string =>
  node?.type === 'Identifier' ? String(node.name) : (literalText(node) ?? '*');

function statement(node: SyntaxNode): Found | undefined {
  const specifier = literalText(child(node, 'source'));
  if (specifier === undefined) return undefined;
  const specifiers = children(node, 'specifiers');
  const kindOf = (part: SyntaxNode): unknown => part.importKind ?? part.exportKind;
  const typeOnly =
    kindOf(node) === 'type' || (specifiers.length > 0 && specifiers.every((part) => kindOf(part) === 'type'));
  const names = specifiers.map((part): readonly [string, string] => [
    part.type === 'ImportDefaultSpecifier' ? 'default' : nameOf(child(part, 'imported') ?? child(part, 'local')),
    nameOf(child(part, 'local')),
  ]);
  return { specifier, typeOnly, names };
}

function called(node: SyntaxNode): Found | undefined {
  if (memberNames(child(node, 'callee')).join('.') !== 'require') return undefined;
  const specifier = literalText(children(node, 'arguments')[0]);
  return specifier === undefined ? undefined : { specifier, typeOnly: false, names: [] };
}

/** `new URL('./worker.ts', import.meta.url)`: another source file, started or read by its path. */
function located(node: SyntaxNode): Found | undefined {
  const [first, second] = children(node, 'arguments');
  const specifier = literalText(first);
  const isUrl = nameOf(child(node, 'callee')) === 'URL' && child(second, 'object')?.type === 'MetaProperty';
  return isUrl && specifier && /^\.{1,2}\/.*\.(ts|tsx|mjs)$/.test(specifier)
    ? { specifier, typeOnly: false, started: true, names: [] }
    : undefined;
}

/** The edge a node makes, `'open'` for an import whose target is not written down, or nothing. */
export function readEdge(node: SyntaxNode): Found | 'open' | undefined {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
      return statement(node);
    case 'ImportExpression': {
      const specifier = literalText(child(node, 'source'));
      return specifier === undefined ? 'open' : { specifier, typeOnly: false, names: [] };
    }
    case 'TSImportType': {
      const specifier = literalText(child(node, 'source'));
      return specifier === undefined ? undefined : { specifier, typeOnly: true, names: [] };
    }
    case 'TSExternalModuleReference': {
      const specifier = literalText(child(node, 'expression'));
      return specifier === undefined ? undefined : { specifier, typeOnly: false, names: [] };
    }
    case 'CallExpression':
      return called(node);
    case 'NewExpression':
      return located(node);
    default:
      return undefined;
  }
}
