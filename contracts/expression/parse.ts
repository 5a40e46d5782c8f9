import { type ExpressionError, type ExpressionErrorCode, limits, SyntaxFault } from './error.ts';
import { nearest } from './suggestion.ts';
import {
  type BinaryOperator,
  clockParts,
  comparisons,
  type LiteralNode,
  type Node,
  type PropertyNode,
} from './syntax.ts';
import { type Token, tokenize } from './token.ts';

/** Words of other languages and the operators they mean here. */
const operatorWords: Readonly<Record<string, string>> = { and: '&&', or: '||', not: '!' };

const layers: readonly ReadonlySet<string>[] = [
  new Set(['||']),
  new Set(['&&']),
  comparisons,
  new Set(['+', '-']),
  new Set(['*', '/', '%']),
];
const comparisonLayer = 2;

class Parser {
  private readonly tokens: readonly Token[];
  private next = 0;
  private depth = 0;
  private nodes = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  whole(): Node {
    const node = this.choice();
    if (this.peek().kind !== 'end') this.refuse(this.peek());
    return node;
  }

  private peek(): Token {
    return this.tokens[this.next] ?? { kind: 'end', at: 0, end: 0, text: '' };
  }

  private take(): Token {
    const token = this.peek();
    this.next += 1;
    return token;
  }

  private is(text: string): boolean {
    const token = this.peek();
    return token.kind === 'symbol' && token.text === text;
  }

  private skip(text: string): boolean {
    if (!this.is(text)) return false;
    this.next += 1;
    return true;
  }

  private expect(text: string): Token {
    const token = this.peek();
    if (!this.skip(text)) this.refuse(token, text);
    return token;
  }

  private refuse(token: Token, expected?: string): never {
    const { at, end } = token;
    if (token.kind === 'end') throw new SyntaxFault({ code: 'unexpected-end', at, end, expected });
    const suggestion =
      token.kind === 'name' && Object.hasOwn(operatorWords, token.text) ? operatorWords[token.text] : undefined;
    throw new SyntaxFault({ code: 'unexpected-token', at, end, found: token.text, expected, suggestion });
  }

  private made<N extends Node>(node: N): N {
    this.nodes += 1;
    if (this.nodes > limits.nodes) this.stop('too-many-parts', node);
    return node;
  }

  private stop(code: ExpressionErrorCode, where: { at: number; end: number }): never {
    throw new SyntaxFault({ code, at: where.at, end: where.end });
  }

  private deeper<T>(read: () => T): T {
    this.depth += 1;
    if (this.depth > limits.depth) this.stop('too-deep', this.peek());
    const result = read();
    this.depth -= 1;
    return result;
  }

  private choice(): Node {
    return this.deeper(() => {
      const test = this.layer(0);
      if (!this.skip('?')) return test;
      const yes = this.choice();
      this.expect(':');
      const no = this.choice();
      return this.made({ kind: 'choice', test, yes, no, at: test.at, end: no.end });
    });
  }

  private layer(index: number): Node {
    const operators = layers[index];
    if (!operators) return this.unary();
    let left = this.layer(index + 1);
    for (let count = 0; ; count++) {
      const token = this.peek();
      const isIn = index === comparisonLayer && token.kind === 'name' && token.text === 'in';
      if (!isIn && !(token.kind === 'symbol' && operators.has(token.text))) return left;
      if (index === comparisonLayer && count > 0) this.stop('chained-comparison', token);
      this.take();
      if (isIn) left = this.listAfter(left);
      else {
        const right = this.layer(index + 1);
        const operator = token.text as BinaryOperator;
        left = this.made({ kind: 'binary', operator, left, right, at: left.at, end: right.end });
      }
    }
  }

  private listAfter(operand: Node): Node {
    this.expect('[');
    const list: LiteralNode[] = [];
    do list.push(this.literal());
    while (this.skip(',') && list.length < limits.list);
    const close = this.expect(']');
    return this.made({ kind: 'in', operand, list, at: operand.at, end: close.end });
  }

  private literal(): LiteralNode {
    const sign = this.peek();
    const negative = this.skip('-');
    const token = this.take();
    const at = negative ? sign.at : token.at;
    if (token.kind === 'number') {
      return this.made({ kind: 'literal', value: negative ? -token.value : token.value, at, end: token.end });
    }
    if (!negative && token.kind === 'text') {
      return this.made({ kind: 'literal', value: token.value, at, end: token.end });
    }
    return this.refuse(token, 'literal');
  }

  private unary(): Node {
    const token = this.peek();
    if (token.kind !== 'symbol' || (token.text !== '!' && token.text !== '-')) return this.primary();
    if (token.text === '-' && this.tokens[this.next + 1]?.kind === 'number') return this.literal();
    const operator = token.text;
    this.take();
    return this.deeper(() => {
      const operand = this.unary();
      return this.made({ kind: 'unary', operator, operand, at: token.at, end: operand.end });
    });
  }

  private primary(): Node {
    const token = this.take();
    const { at, end } = token;
    if (token.kind === 'number' || token.kind === 'text') {
      return this.made({ kind: 'literal', value: token.value, at, end });
    }
    if (token.kind === 'quoted') return this.made({ kind: 'property', of: 'value', id: token.text, at, end });
    if (token.kind === 'name') return this.named(token);
    if (token.kind === 'symbol' && token.text === '(') {
      const inner = this.choice();
      this.expect(')');
      return inner;
    }
    return this.refuse(token, 'value');
  }

  private named(token: Token): Node {
    const { at, end, text } = token;
    if (text === 'true' || text === 'false') {
      return this.made({ kind: 'literal', value: text === 'true', at, end });
    }
    if (text === 'null') return this.made({ kind: 'literal', value: null, at, end });
    if (text === 'event') return this.made({ kind: 'event', at, end });
    if (text === 'clock') return this.clock(at);
    if (text === 'previous' || text === 'age') {
      this.expect('.');
      const id = this.take();
      if (id.kind === 'quoted') return this.made({ kind: 'property', of: text, id: id.text, at, end: id.end });
      return this.path(id, text, at);
    }
    if (text === 'in' || Object.hasOwn(operatorWords, text)) this.refuse(token, 'value');
    return this.is('(') ? this.call(token) : this.path(token, 'value', at);
  }

  private clock(at: number): Node {
    this.expect('.');
    const token = this.take();
    const part = clockParts.find((known) => known === token.text);
    if (token.kind !== 'name') this.refuse(token, 'name');
    if (part) return this.made({ kind: 'clock', part, at, end: token.end });
    const suggestion = nearest(token.text, clockParts);
    throw new SyntaxFault({ code: 'unknown-name', at: token.at, end: token.end, found: token.text, suggestion });
  }

  /** A property id, which may hold dots: `battery.level`. */
  private path(first: Token, of: PropertyNode['of'], at: number): Node {
    if (first.kind !== 'name') this.refuse(first, 'name');
    let id = first.text;
    let end = first.end;
    while (this.skip('.')) {
      const part = this.take();
      if (part.kind !== 'name') this.refuse(part, 'name');
      id += `.${part.text}`;
      end = part.end;
    }
    return this.made({ kind: 'property', of, id, at, end });
  }

  private call(token: Token): Node {
    this.expect('(');
    const args: Node[] = [];
    if (!this.is(')')) {
      do args.push(this.choice());
      while (this.skip(',') && args.length < limits.list);
    }
    const close = this.expect(')');
    return this.made({ kind: 'call', name: token.text, args, at: token.at, end: close.end });
  }
}

export type Parsed =
  | { readonly ok: true; readonly node: Node }
  | { readonly ok: false; readonly errors: ExpressionError[] };

/** Reads a text; the first syntax error ends it. Never throws, whatever the text is. */
export function parse(text: string): Parsed {
  if (text.length > limits.length) {
    return { ok: false, errors: [{ code: 'too-long', at: limits.length, end: text.length }] };
  }
  try {
    return { ok: true, node: new Parser(tokenize(text)).whole() };
  } catch (fault) {
    if (fault instanceof SyntaxFault) return { ok: false, errors: [fault.error] };
    throw fault;
  }
}
