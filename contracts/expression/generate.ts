import { localTime } from '@keystead/contracts/calendar';
import { enumType } from './check.ts';
import type { Evaluate, Reading } from './context.ts';
import { plainFunctions } from './functions.ts';
import { arithmetic, compare, compareWithNumber, equality, logic } from './operators.ts';
import type { PropertySymbol, Symbols } from './symbols.ts';
import type { Node, NodeOf, PropertyNode, Value } from './syntax.ts';

const second = 1_000_000;

/** Turns a checked tree into closures. `zone` is the one `clock.*` is read in. */
export function generate(node: Node, symbols: Symbols, zone: string): Evaluate {
  const make = (part: Node): Evaluate => generate(part, symbols, zone);
  switch (node.kind) {
    case 'literal': {
      const { value } = node;
      return () => value;
    }
    case 'property':
      return property(node, symbolOf(node, symbols));
    case 'clock':
      return clock(node.part, zone);
    case 'event':
      return (context) => context.event ?? null;
    case 'unary': {
      const operand = make(node.operand);
      return node.operator === '!'
        ? (context) => {
            const value = operand(context);
            return value === null ? null : value === false;
          }
        : (context) => {
            const value = operand(context);
            return typeof value === 'number' ? -value : null;
          };
    }
    case 'binary':
      return binary(node, make);
    case 'choice': {
      const [test, yes, no] = [make(node.test), make(node.yes), make(node.no)];
      return (context) => {
        const chosen = test(context);
        return chosen === null ? null : chosen === true ? yes(context) : no(context);
      };
    }
    case 'in': {
      const operand = make(node.operand);
      const list = new Set<Value>(node.list.map(({ value }) => value));
      return (context) => {
        const value = operand(context);
        return value === null ? null : list.has(value);
      };
    }
    case 'call':
      return call(node, symbols, make);
  }
}

function symbolOf(node: PropertyNode, symbols: Symbols): PropertySymbol {
  const symbol = symbols.properties.get(node.id);
  if (!symbol) throw new Error(`unchecked name ${node.id}`);
  return symbol;
}

function binary(node: NodeOf<'binary'>, make: (part: Node) => Evaluate): Evaluate {
  const { operator, left, right } = node;
  const [a, b] = [make(left), make(right)];
  if (operator === '&&' || operator === '||') return logic(operator, a, b);
  if (operator === '==' || operator === '!=') {
    const isNull = (part: Node) => part.kind === 'literal' && part.value === null;
    return equality(operator, a, b, isNull(left) || isNull(right));
  }
  if (operator === '<' || operator === '<=' || operator === '>' || operator === '>=') {
    return right.kind === 'literal' && typeof right.value === 'number'
      ? compareWithNumber(operator, a, right.value)
      : compare(operator, a, b);
  }
  return arithmetic(operator, a, b);
}

/** Brings a stored reading to the value it has in expressions. */
function normalise(symbol: PropertySymbol): (reading: Reading) => Value {
  if (symbol.type === 'number') return (reading) => (Number.isFinite(reading) ? (reading as number) : null);
  if (symbol.type === 'boolean') {
    return (reading) => (reading === true || reading === 1 ? true : reading === false || reading === 0 ? false : null);
  }
  if (symbol.type === 'string' || symbol.type === 'json') {
    return (reading) => (typeof reading === 'string' ? reading : null);
  }
  const asText = enumType(symbol) === 'string';
  const values = (symbol.values ?? []).map((value) => (asText ? String(value) : value));
  return (reading) => (typeof reading === 'number' ? (values[reading] ?? null) : null);
}

function property(node: PropertyNode, symbol: PropertySymbol): Evaluate {
  const { slot } = symbol;
  if (node.of === 'age') {
    return ({ readings, time }) => {
      const last = readings.time(slot);
      return last === undefined ? null : Math.max(0, time - last) / second;
    };
  }
  const read = normalise(symbol);
  return node.of === 'previous'
    ? ({ readings }) => read(readings.previous(slot))
    : ({ readings }) => read(readings.value(slot));
}

function clock(part: NodeOf<'clock'>['part'], zone: string): Evaluate {
  return ({ time }) => {
    const { inDay, weekday } = localTime(zone, time / 1000);
    if (part === 'weekday') return weekday;
    return part === 'hour' ? Math.floor(inDay / 3_600_000) : Math.floor(inDay / 60_000) % 60;
  };
}

function call(node: NodeOf<'call'>, symbols: Symbols, make: (part: Node) => Evaluate): Evaluate {
  const plain = plainFunctions.get(node.name);
  if (plain) {
    const args = node.args.map(make);
    return (context) => {
      const values: Exclude<Value, null>[] = [];
      for (const arg of args) {
        const value = arg(context);
        if (value === null) return null;
        values.push(value);
      }
      return plain.apply(values);
    };
  }
  const [arg] = node.args;
  if (arg?.kind !== 'property') throw new Error(`unchecked call of ${node.name}`);
  return history(node.name, symbolOf(arg, symbols));
}

function history(name: string, symbol: PropertySymbol): Evaluate {
  const { slot } = symbol;
  const read = normalise(symbol);
  if (name === 'changed') {
    return ({ readings }) => {
      const [now, before] = [read(readings.value(slot)), read(readings.previous(slot))];
      return now === null || before === null ? null : now !== before;
    };
  }
  const delta: Evaluate = ({ readings }) => {
    const [now, before] = [read(readings.value(slot)), read(readings.previous(slot))];
    return typeof now === 'number' && typeof before === 'number' ? now - before : null;
  };
  if (name === 'delta') return delta;
  return (context) => {
    const change = delta(context);
    const [to, from] = [context.readings.time(slot), context.readings.previousTime(slot)];
    if (typeof change !== 'number' || to === undefined || from === undefined || to <= from) return null;
    return (change / (to - from)) * second;
  };
}
