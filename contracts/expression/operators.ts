import type { Evaluate } from './context.ts';
import type { SumOperator } from './syntax.ts';

// Three-valued logic of Kleene: what is known decides when it can, else the result is unknown (null).

export function logic(operator: '&&' | '||', a: Evaluate, b: Evaluate): Evaluate {
  const decisive = operator === '||';
  return (context) => {
    const left = a(context);
    if (left === decisive) return decisive;
    const right = b(context);
    if (right === decisive) return decisive;
    return left === null || right === null ? null : !decisive;
  };
}

/** With the word `null` on one side the question is whether a value is there, and always has an answer. */
export function equality(operator: '==' | '!=', a: Evaluate, b: Evaluate, asksPresence: boolean): Evaluate {
  const whenEqual = operator === '==';
  if (asksPresence) return (context) => (a(context) === b(context)) === whenEqual;
  return (context) => {
    const left = a(context);
    if (left === null) return null;
    const right = b(context);
    return right === null ? null : (left === right) === whenEqual;
  };
}

type Order = '<' | '<=' | '>' | '>=';

const orders: Readonly<Record<Order, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

export function compare(operator: Order, a: Evaluate, b: Evaluate): Evaluate {
  const holds = orders[operator];
  return (context) => {
    const left = a(context);
    const right = b(context);
    return typeof left === 'number' && typeof right === 'number' ? holds(left, right) : null;
  };
}

/** The most frequent condition, `property > 50`, without a call for the constant. */
export function compareWithNumber(operator: Order, a: Evaluate, limit: number): Evaluate {
  const holds = orders[operator];
  return (context) => {
    const left = a(context);
    return typeof left === 'number' ? holds(left, limit) : null;
  };
}

const sums: Readonly<Record<SumOperator, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

/** A result that is no finite number (division by zero, overflow) is missing. */
export function arithmetic(operator: SumOperator, a: Evaluate, b: Evaluate): Evaluate {
  const calculate = sums[operator];
  return (context) => {
    const left = a(context);
    const right = b(context);
    if (typeof left !== 'number' || typeof right !== 'number') return null;
    const result = calculate(left, right);
    return Number.isFinite(result) ? result : null;
  };
}
