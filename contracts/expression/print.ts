import { type Node, reserved, strength, strengthOf, type Value } from './syntax.ts';

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

function printId(id: string): string {
  const parts = id.split('.');
  return parts.every((part) => plainName.test(part) && !reserved.has(part)) ? id : `\`${id}\``;
}

function printValue(value: Value): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return Object.is(value, -0) ? '-0' : String(value);
}

function at(least: number, node: Node): string {
  const text = print(node);
  return bindingOf(node) < least ? `(${text})` : text;
}

function bindingOf(node: Node): number {
  if (node.kind === 'choice') return strength.choice;
  if (node.kind === 'binary') return strengthOf(node.operator);
  if (node.kind === 'in') return strength.comparison;
  if (node.kind === 'unary') return strength.unary;
  return strength.primary;
}

/** The text of an expression in one standard form, with the brackets it needs and no others; parses to an equal tree. */
export function print(node: Node): string {
  switch (node.kind) {
    case 'literal':
      return printValue(node.value);
    case 'property':
      return node.of === 'value' ? printId(node.id) : `${node.of}.${printId(node.id)}`;
    case 'clock':
      return `clock.${node.part}`;
    case 'event':
      return 'event';
    case 'unary':
      // `-5` is a number, `-(5)` the negation of one.
      return node.operator === '-' && node.operand.kind === 'literal'
        ? `-(${print(node.operand)})`
        : `${node.operator}${at(strength.unary, node.operand)}`;
    case 'binary': {
      const own = strengthOf(node.operator);
      const left = at(own === strength.comparison ? own + 1 : own, node.left);
      return `${left} ${node.operator} ${at(own + 1, node.right)}`;
    }
    case 'choice':
      return `${at(strength.or, node.test)} ? ${print(node.yes)} : ${print(node.no)}`;
    case 'in':
      return `${at(strength.sum, node.operand)} in [${node.list.map(print).join(', ')}]`;
    case 'call':
      return `${node.name}(${node.args.map(print).join(', ')})`;
  }
}
