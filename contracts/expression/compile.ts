import { defaultZone } from '@keystead/contracts/calendar';
import { Checker } from './check.ts';
import type { Evaluate } from './context.ts';
import type { ExpressionError } from './error.ts';
import type { Type } from './functions.ts';
import { generate } from './generate.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import type { Symbols } from './symbols.ts';
import { type Node, partsOf } from './syntax.ts';

export interface CompiledExpression {
  /** Depends on nothing but its context, never throws, allocates little. */
  readonly evaluate: Evaluate;
  readonly type: Type;
  /** Ids of the properties it reads, sorted. */
  readonly uses: readonly string[];
  /** Their slots, in the order of `uses`. */
  readonly slots: readonly number[];
  readonly usesEvent: boolean;
  /** True when the value may change by time alone (`age`, `clock`), without any message. */
  readonly usesTime: boolean;
  /** The text in standard form. */
  readonly text: string;
}

export type Compilation =
  | { readonly ok: true; readonly compiled: CompiledExpression }
  | { readonly ok: false; readonly errors: readonly ExpressionError[] };

export interface CompileOptions {
  /** Type the whole must have: `boolean` for a condition. */
  readonly expect?: Type;
  /** Zone of `clock.*`; Asia/Shanghai when absent. */
  readonly zone?: string;
}

/**
 * Checks and compiles an expression; all mistakes that can be found are in `errors`, with positions and stable codes.
 * Never throws, whatever the text is; uses neither eval nor Function.
 */
export function compile(text: string, symbols: Symbols, options: CompileOptions = {}): Compilation {
  const parsed = parse(text);
  if (!parsed.ok) return parsed;
  const { node } = parsed;
  const checker = new Checker(symbols);
  const type = checker.typeOf(node);
  if (checker.errors.length > 0) return { ok: false, errors: checker.errors };
  if (type === undefined || type === 'missing' || (options.expect && type !== options.expect)) {
    const error = { code: 'wrong-type', at: node.at, end: node.end, found: type, expected: options.expect } as const;
    return { ok: false, errors: [error] };
  }
  const uses = new Set<string>();
  let usesEvent = false;
  let usesTime = false;
  visit(node, (part) => {
    if (part.kind === 'property') uses.add(part.id);
    if (part.kind === 'event') usesEvent = true;
    if (part.kind === 'clock' || (part.kind === 'property' && part.of === 'age')) usesTime = true;
  });
  const sorted = [...uses].sort();
  return {
    ok: true,
    compiled: {
      evaluate: generate(node, symbols, options.zone ?? defaultZone),
      type,
      uses: sorted,
      slots: sorted.flatMap((id) => symbols.properties.get(id)?.slot ?? []),
      usesEvent,
      usesTime,
      text: print(node),
    },
  };
}

function visit(node: Node, see: (part: Node) => void): void {
  see(node);
  for (const part of partsOf(node)) visit(part, see);
}
