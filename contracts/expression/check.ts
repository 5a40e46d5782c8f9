import { type ExpressionError, limits } from './error.ts';
import { functionNames, historyFunctions, plainFunctions, type Type } from './functions.ts';
import { nearest } from './suggestion.ts';
import type { PropertySymbol, Symbols } from './symbols.ts';
import type { Node, NodeOf, PropertyNode, Value } from './syntax.ts';

/** `missing` is the type of the word `null` alone. */
export type CheckedType = Type | 'missing';

/** The type an enum has in expressions: a number when all its values are numbers, else text. */
export function enumType(symbol: PropertySymbol): 'number' | 'string' {
  return (symbol.values ?? []).every((value) => typeof value === 'number') ? 'number' : 'string';
}

/**
 * Finds the type of an expression and everything wrong with names, types and arguments. A part whose type cannot be
 * known (`undefined`) causes no second error around it.
 */
export class Checker {
  readonly errors: ExpressionError[] = [];
  private readonly symbols: Symbols;

  constructor(symbols: Symbols) {
    this.symbols = symbols;
  }

  typeOf(node: Node): CheckedType | undefined {
    switch (node.kind) {
      case 'literal':
        return typeOfValue(node.value);
      case 'property':
        return this.property(node);
      case 'clock':
        return 'number';
      case 'event':
        return 'string';
      case 'unary': {
        const type = node.operator === '!' ? 'boolean' : 'number';
        this.need(node.operand, type);
        return type;
      }
      case 'binary':
        return this.binary(node);
      case 'choice':
        return this.choice(node);
      case 'in':
        return this.list(node);
      case 'call':
        return this.call(node);
    }
  }

  need(node: Node, expected: Type): void {
    const found = this.typeOf(node);
    if (found !== undefined && found !== expected) this.report(node, 'wrong-type', { found, expected });
  }

  private report(
    where: { at: number; end: number },
    code: ExpressionError['code'],
    more: Partial<ExpressionError> = {},
  ): undefined {
    if (this.errors.length < limits.errors) this.errors.push({ code, at: where.at, end: where.end, ...more });
  }

  private symbol(node: PropertyNode): PropertySymbol | undefined {
    const symbol = this.symbols.properties.get(node.id);
    if (symbol) return symbol;
    const suggestion = nearest(node.id, this.symbols.properties.keys());
    return this.report(node, 'unknown-name', { found: node.id, suggestion });
  }

  private property(node: PropertyNode): CheckedType | undefined {
    const symbol = this.symbol(node);
    if (!symbol) return undefined;
    if (node.of === 'age') return 'number';
    if (symbol.type === 'enum') return enumType(symbol);
    return symbol.type === 'json' ? this.report(node, 'wrong-type', { found: 'json' }) : symbol.type;
  }

  private binary(node: NodeOf<'binary'>): CheckedType | undefined {
    const { operator, left, right } = node;
    if (operator === '&&' || operator === '||') {
      this.need(left, 'boolean');
      this.need(right, 'boolean');
      return 'boolean';
    }
    if (operator === '==' || operator === '!=') {
      const [a, b] = [this.typeOf(left), this.typeOf(right)];
      if (a && b && a !== b && a !== 'missing' && b !== 'missing') {
        this.report(node, 'not-comparable', { found: b, expected: a });
      }
      this.oneOf(left, right);
      this.oneOf(right, left);
      return 'boolean';
    }
    this.need(left, 'number');
    this.need(right, 'number');
    return operator.startsWith('<') || operator.startsWith('>') ? 'boolean' : 'number';
  }

  private choice(node: NodeOf<'choice'>): CheckedType | undefined {
    this.need(node.test, 'boolean');
    const [yes, no] = [this.typeOf(node.yes), this.typeOf(node.no)];
    if (yes === undefined || no === undefined) return undefined;
    if (yes === 'missing') return no;
    if (no !== 'missing' && no !== yes) return this.report(node.no, 'wrong-type', { found: no, expected: yes });
    return yes;
  }

  private list(node: NodeOf<'in'>): CheckedType {
    const expected = this.typeOf(node.operand);
    for (const item of node.list) {
      const found = typeOfValue(item.value);
      if (expected && found !== expected) this.report(item, 'not-comparable', { found, expected });
      else this.oneOf(node.operand, item);
    }
    return 'boolean';
  }

  private call(node: NodeOf<'call'>): CheckedType | undefined {
    const shape = plainFunctions.get(node.name) ?? historyFunctions.get(node.name);
    if (!shape) {
      for (const arg of node.args) this.typeOf(arg);
      const suggestion = nearest(node.name, functionNames);
      return this.report(node, 'unknown-function', { found: node.name, suggestion });
    }
    if (node.args.length < shape.least || node.args.length > shape.most) {
      const expected = shape.least === shape.most ? `${shape.least}` : `${shape.least}-${shape.most}`;
      this.report(node, 'wrong-arguments', { found: `${node.args.length}`, expected });
    }
    node.args.forEach((arg, index) => {
      const type = shape.args[Math.min(index, shape.args.length - 1)];
      if (type === 'property') this.history(arg, node.name);
      else if (type) this.need(arg, type);
    });
    return shape.result;
  }

  private history(arg: Node, name: string): void {
    if (arg.kind !== 'property' || arg.of !== 'value') this.report(arg, 'not-a-property');
    else if (name === 'changed') this.typeOf(arg);
    else this.need(arg, 'number');
  }

  /** Where a side can only have known values (an enum, an event), a literal on the other side must be one of them. */
  private oneOf(side: Node, other: Node): void {
    if (other.kind !== 'literal' || other.value === null) return;
    const text = String(other.value);
    if (side.kind === 'event' && this.symbols.events && !this.symbols.events.has(text)) {
      this.report(other, 'unknown-event', { found: text, suggestion: nearest(text, this.symbols.events) });
    }
    if (side.kind !== 'property' || side.of === 'age') return;
    const symbol = this.symbols.properties.get(side.id);
    if (symbol?.type !== 'enum' || typeof other.value !== enumType(symbol)) return;
    const known = (symbol.values ?? []).map(String);
    if (!known.includes(text)) this.report(other, 'unknown-value', { found: text, suggestion: nearest(text, known) });
  }
}

function typeOfValue(value: Value): CheckedType {
  if (value === null) return 'missing';
  return typeof value === 'number' ? 'number' : typeof value === 'string' ? 'string' : 'boolean';
}
