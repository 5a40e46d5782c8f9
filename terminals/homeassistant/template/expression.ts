import { type Filter, filters, missing, textOf } from './filters.ts';
import { type Token, tokensOf } from './token.ts';

/** What a template looks at: the names it knows. */
export type Scope = Readonly<Record<string, unknown>>;
export type Compiled = (scope: Scope) => unknown;

const deepest = 32;

const isTrue = (value: unknown): boolean =>
  value !== missing && value !== null && value !== false && value !== 0 && value !== '';

const arithmetic: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a - b * Math.floor(a / b),
};
const comparison: Readonly<Record<string, (a: unknown, b: unknown) => unknown>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => ordered(a, b, (x, y) => x < y),
  '<=': (a, b) => ordered(a, b, (x, y) => x <= y),
  '>': (a, b) => ordered(a, b, (x, y) => x > y),
  '>=': (a, b) => ordered(a, b, (x, y) => x >= y),
};

function ordered(a: unknown, b: unknown, holds: (x: number, y: number) => boolean): unknown {
  return typeof a === 'number' && typeof b === 'number' ? holds(a, b) : missing;
}

function computed(sign: string, a: unknown, b: unknown): unknown {
  if (sign === '~') return textOf(a) + textOf(b);
  if (sign === '+' && typeof a === 'string' && typeof b === 'string') return a + b;
  const work = arithmetic[sign];
  if (!work || typeof a !== 'number' || typeof b !== 'number') return missing;
  const result = work(a, b);
  return Number.isFinite(result) ? result : missing;
}

function memberOf(value: unknown, key: unknown): unknown {
  if (Array.isArray(value)) {
    const item = typeof key === 'number' ? value.at(key) : undefined;
    return item === undefined ? missing : item;
  }
  if (value === null || typeof value !== 'object' || typeof key !== 'string' || !Object.hasOwn(value, key))
    return missing;
  return (value as Record<string, unknown>)[key];
}

class NotRead extends Error {}

/**
 * Reads an expression by descent: `a if c else b`, `or`, `and`, `not`, comparisons, `is [not] defined`, `+ - ~`, `* / %`,
 * filters, members. Throws `NotRead` inside; `compile` turns that into undefined.
 */
class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Compiled {
    const read = this.#choice();
    if (this.#at < this.#tokens.length) throw new NotRead();
    return read;
  }

  #is(value: string, kind: Token['kind'] = 'sign'): boolean {
    const token = this.#tokens[this.#at];
    return token?.kind === kind && token.value === value;
  }

  #skip(value: string, kind: Token['kind'] = 'sign'): boolean {
    const found = this.#is(value, kind);
    if (found) this.#at++;
    return found;
  }

  #expect(value: string): void {
    if (!this.#skip(value)) throw new NotRead();
  }

  #choice(): Compiled {
    if (++this.#depth > deepest) throw new NotRead();
    const value = this.#or();
    if (!this.#skip('if', 'name')) return this.#up(value);
    const test = this.#or();
    const other: Compiled = this.#skip('else', 'name') ? this.#choice() : () => '';
    return this.#up((scope) => (isTrue(test(scope)) ? value(scope) : other(scope)));
  }

  #up(read: Compiled): Compiled {
    this.#depth--;
    return read;
  }

  #or(): Compiled {
    let left = this.#and();
    while (this.#skip('or', 'name')) {
      const [before, right] = [left, this.#and()];
      left = (scope) => (isTrue(before(scope)) ? before(scope) : right(scope));
    }
    return left;
  }

  #and(): Compiled {
    let left = this.#not();
    while (this.#skip('and', 'name')) {
      const [before, right] = [left, this.#not()];
      left = (scope) => (isTrue(before(scope)) ? right(scope) : before(scope));
    }
    return left;
  }

  #not(): Compiled {
    if (++this.#depth > deepest) throw new NotRead();
    if (!this.#skip('not', 'name')) return this.#up(this.#comparison());
    const inner = this.#not();
    return this.#up((scope) => !isTrue(inner(scope)));
  }

  #comparison(): Compiled {
    const left = this.#chain(['+', '-', '~'], () => this.#chain(['*', '/', '%'], () => this.#unary()));
    if (this.#skip('is', 'name')) {
      const isNot = this.#skip('not', 'name');
      if (!this.#skip('defined', 'name')) throw new NotRead();
      return (scope) => (left(scope) !== missing) !== isNot;
    }
    const token = this.#tokens[this.#at];
    const compare =
      token?.kind === 'sign' && Object.hasOwn(comparison, token.value) ? comparison[token.value] : undefined;
    if (!compare) return left;
    this.#at++;
    const right = this.#chain(['+', '-', '~'], () => this.#chain(['*', '/', '%'], () => this.#unary()));
    return (scope) => compare(left(scope), right(scope));
  }

  #chain(signs: readonly string[], next: () => Compiled): Compiled {
    let left = next();
    for (let sign = this.#oneOf(signs); sign !== undefined; sign = this.#oneOf(signs)) {
      const [before, right, by] = [left, next(), sign];
      left = (scope) => computed(by, before(scope), right(scope));
    }
    return left;
  }

  #oneOf(signs: readonly string[]): string | undefined {
    return signs.find((sign) => this.#skip(sign));
  }

  /** Filters come behind the sign: `-x | abs` is that of the negative. */
  #unary(): Compiled {
    return this.#filtered(this.#signed());
  }

  #signed(): Compiled {
    if (++this.#depth > deepest) throw new NotRead();
    if (!this.#skip('-')) return this.#up(this.#primary());
    const inner = this.#signed();
    return this.#up((scope) => computed('-', 0, inner(scope)));
  }

  #filtered(primary: Compiled): Compiled {
    let value = primary;
    while (this.#skip('|')) {
      const token = this.#tokens[this.#at++];
      const filter: Filter | undefined =
        token?.kind === 'name' && Object.hasOwn(filters, token.value) ? filters[token.value] : undefined;
      if (!filter) throw new NotRead();
      const [before, args] = [value, this.#skip('(') ? this.#args() : []];
      value = (scope) => {
        const given = before(scope);
        // What is not there stays so, unless something is put in its place.
        if (given === missing && filter !== filters.default && args.length === 0) return missing;
        return filter(
          given,
          args.map((arg) => arg(scope)),
        );
      };
    }
    return value;
  }

  #args(): Compiled[] {
    const args: Compiled[] = [];
    while (!this.#skip(')')) {
      if (args.length > 0) this.#expect(',');
      args.push(this.#choice());
    }
    return args;
  }

  #primary(): Compiled {
    const token = this.#tokens[this.#at++];
    if (!token) throw new NotRead();
    if (token.kind === 'number' || token.kind === 'text') return this.#members(() => token.value);
    if (token.kind === 'sign') {
      if (token.value !== '(') throw new NotRead();
      const inner = this.#choice();
      this.#expect(')');
      return this.#members(inner);
    }
    const words: Readonly<Record<string, unknown>> = {
      true: true,
      True: true,
      false: false,
      False: false,
      none: null,
      None: null,
    };
    if (Object.hasOwn(words, token.value)) return () => words[token.value];
    const name = token.value;
    // Functions such as float(x) are filters in another dress.
    if (this.#is('(') && Object.hasOwn(filters, name)) {
      this.#at++;
      const [first, ...rest] = this.#args();
      const filter = filters[name];
      if (!first || !filter) throw new NotRead();
      return (scope) =>
        filter(
          first(scope),
          rest.map((arg) => arg(scope)),
        );
    }
    return this.#members((scope) => (Object.hasOwn(scope, name) ? scope[name] : missing));
  }

  #members(of: Compiled): Compiled {
    let value = of;
    for (;;) {
      const before = value;
      if (this.#skip('.')) {
        const token = this.#tokens[this.#at++];
        if (token?.kind !== 'name') throw new NotRead();
        value = (scope) => memberOf(before(scope), token.value);
      } else if (this.#skip('[')) {
        const key = this.#choice();
        this.#expect(']');
        value = (scope) => memberOf(before(scope), key(scope));
      } else return value;
    }
  }
}

/** An expression to be asked again and again; undefined when it is not of the language. */
export function compile(text: string): Compiled | undefined {
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  try {
    return new Parser(tokens).whole();
  } catch (cause) {
    if (cause instanceof NotRead) return undefined;
    throw cause;
  }
}
