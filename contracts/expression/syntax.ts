/** A value of the language. `null` is both the missing value and the truth value `unknown`. */
export type Value = number | string | boolean | null;

/** Where a part stands in the text. */
export interface Span {
  readonly at: number;
  readonly end: number;
}

export type LogicOperator = '||' | '&&';
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type SumOperator = '+' | '-' | '*' | '/' | '%';
export type BinaryOperator = LogicOperator | CompareOperator | SumOperator;

export interface LiteralNode extends Span {
  readonly kind: 'literal';
  readonly value: Value;
}

/** `x`, `previous.x` (the value before the last), `age.x` (seconds since the last value). */
export interface PropertyNode extends Span {
  readonly kind: 'property';
  readonly of: 'value' | 'previous' | 'age';
  readonly id: string;
}

export type ClockPart = 'hour' | 'minute' | 'weekday';

export type Node =
  | LiteralNode
  | PropertyNode
  | (Span & { readonly kind: 'clock'; readonly part: ClockPart })
  | (Span & { readonly kind: 'event' })
  | (Span & { readonly kind: 'unary'; readonly operator: '!' | '-'; readonly operand: Node })
  | (Span & { readonly kind: 'binary'; readonly operator: BinaryOperator; readonly left: Node; readonly right: Node })
  | (Span & { readonly kind: 'choice'; readonly test: Node; readonly yes: Node; readonly no: Node })
  | (Span & { readonly kind: 'in'; readonly operand: Node; readonly list: readonly LiteralNode[] })
  | (Span & { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] });

export type NodeOf<K extends Node['kind']> = Extract<Node, { kind: K }>;

export const clockParts: readonly ClockPart[] = ['hour', 'minute', 'weekday'];

/** Words that mean something by themselves; a property of such a name is written between backticks. */
export const reserved: ReadonlySet<string> = new Set([
  'true',
  'false',
  'null',
  'in',
  'event',
  'clock',
  'previous',
  'age',
  'and',
  'or',
  'not',
]);

export const comparisons: ReadonlySet<string> = new Set(['==', '!=', '<', '<=', '>', '>=']);

/** How strongly a part binds: the printer brackets what binds less than its place needs. */
export const strength = { choice: 1, or: 2, and: 3, comparison: 4, sum: 5, product: 6, unary: 7, primary: 8 } as const;

export function strengthOf(operator: BinaryOperator): number {
  if (operator === '||') return strength.or;
  if (operator === '&&') return strength.and;
  if (comparisons.has(operator)) return strength.comparison;
  return operator === '+' || operator === '-' ? strength.sum : strength.product;
}

/** The parts directly inside a node, from left to right. */
export function partsOf(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'unary':
    case 'in':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'choice':
      return [node.test, node.yes, node.no];
    case 'call':
      return node.args;
    default:
      return [];
  }
}
