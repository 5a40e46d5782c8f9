import { type Compiled, compile } from './expression.ts';
import { missing, textOf } from './filters.ts';

/** Answers the value, of its own type when the template is one expression, else a text; undefined when there is none. */
export type Template = (payload: string) => unknown;

const longest = 2_000;
const partsMost = 64;

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return missing;
  }
}

/**
 * A Home Assistant template of the part of Jinja devices use: texts with `{{ expression }}` over `value` and
 * `value_json`. Undefined for what is beyond it (statements, macros, functions of Home Assistant).
 */
export function readTemplate(text: string): Template | undefined {
  if (text.length > longest || text.includes('{%') || text.includes('{#')) return undefined;
  const pieces = text.trim().split(/(\{\{[\s\S]*?\}\})/).filter((piece) => piece !== '');
  if (pieces.length > partsMost) return undefined;
  const parts: (string | Compiled)[] = [];
  for (const piece of pieces) {
    if (!piece.startsWith('{{')) parts.push(piece);
    else {
      const compiled = compile(piece.slice(2, -2).replace(/^-|-$/g, ''));
      if (!compiled) return undefined;
      parts.push(compiled);
    }
  }
  return (payload) => {
    const scope = { value: payload, value_json: jsonOf(payload) };
    const [only, ...others] = parts;
    if (typeof only === 'function' && others.length === 0) {
      const value = only(scope);
      return value === missing || value === null ? undefined : value;
    }
    return parts.map((part) => (typeof part === 'string' ? part : textOf(part(scope)))).join('');
  };
}

/** A command in the form the device wants: `{{ value }}` becomes the value. */
export function readCommandTemplate(text: string): ((value: unknown) => string) | undefined {
  if (text.length > longest || text.includes('{%')) return undefined;
  const pieces = text.split(/(\{\{[\s\S]*?\}\})/);
  const parts = pieces.map((piece) => (piece.startsWith('{{') ? compile(piece.slice(2, -2)) : piece));
  if (parts.some((part) => part === undefined) || parts.length > partsMost) return undefined;
  return (value) =>
    parts.map((part) => (typeof part === 'function' ? textOf(part({ value })) : (part ?? ''))).join('');
}
