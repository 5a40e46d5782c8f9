import { SyntaxFault } from './error.ts';

export type Token =
  | { kind: 'number'; at: number; end: number; value: number; text: string }
  | { kind: 'text'; at: number; end: number; value: string; text: string }
  | { kind: 'name'; at: number; end: number; text: string }
  /** A property id between backticks: for ids that are no plain names, such as `co2:level-1`. */
  | { kind: 'quoted'; at: number; end: number; text: string }
  | { kind: 'symbol'; at: number; end: number; text: string }
  | { kind: 'end'; at: number; end: number; text: '' };

const blank = /[ \t\r\n]+/y;
const numeral = /\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const name = /[A-Za-z_][A-Za-z0-9_]*/y;
const quotedId = /`([A-Za-z_][A-Za-z0-9_.:-]{0,63})`/y;
const symbol = /\|\||&&|==|!=|<=|>=|[<>!+\-*/%?:(),.[\]]/y;

/** Characters people type by habit of another language or input method, and what was meant. */
const meant: Readonly<Record<string, string>> = {
  '=': '==',
  '&': '&&',
  '|': '||',
  '（': '(',
  '）': ')',
  '，': ',',
  '＞': '>',
  '＜': '<',
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '“': '"',
  '”': '"',
  '。': '.',
  '？': '?',
  '：': ':',
  '！': '!',
};

const escapes: Readonly<Record<string, string>> = {
  '"': '"',
  "'": "'",
  '\\': '\\',
  '/': '/',
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
};

function readText(text: string, at: number): Token {
  const quote = text[at];
  let value = '';
  for (let i = at + 1; i < text.length; i++) {
    const char = text[i] ?? '';
    if (char === quote) return { kind: 'text', at, end: i + 1, value, text: text.slice(at, i + 1) };
    if (char === '\n' || char === '\r') break;
    if (char !== '\\') {
      value += char;
      continue;
    }
    const letter = text[i + 1] ?? '';
    const hex = text.slice(i + 2, i + 6);
    if (letter === 'u' && /^[0-9a-fA-F]{4}$/.test(hex)) {
      value += String.fromCharCode(Number.parseInt(hex, 16));
      i += 5;
    } else {
      const plain = Object.hasOwn(escapes, letter) ? escapes[letter] : undefined;
      if (plain === undefined) {
        throw new SyntaxFault({ code: 'bad-escape', at: i, end: Math.min(i + 2, text.length), found: `\\${letter}` });
      }
      value += plain;
      i += 1;
    }
  }
  throw new SyntaxFault({ code: 'unterminated-text', at, end: text.length, expected: quote });
}

function match(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function readNumber(text: string, at: number, digits: string): Token {
  const end = at + digits.length;
  const value = Number(digits);
  const tail = match(name, text, end)?.[0] ?? '';
  if (tail || !Number.isFinite(value)) {
    throw new SyntaxFault({ code: 'bad-number', at, end: end + tail.length, found: digits + tail });
  }
  return { kind: 'number', at, end, value, text: digits };
}

function readToken(text: string, at: number): Token {
  const char = text[at] ?? '';
  const digits = match(numeral, text, at)?.[0];
  if (digits) return readNumber(text, at, digits);
  const word = match(name, text, at)?.[0];
  if (word) return { kind: 'name', at, end: at + word.length, text: word };
  if (char === '"' || char === "'") return readText(text, at);
  const quoted = match(quotedId, text, at);
  if (quoted) return { kind: 'quoted', at, end: at + quoted[0].length, text: quoted[1] ?? '' };
  const sign = match(symbol, text, at)?.[0];
  if (sign) return { kind: 'symbol', at, end: at + sign.length, text: sign };
  const whole = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const suggestion = Object.hasOwn(meant, whole) ? meant[whole] : undefined;
  throw new SyntaxFault({ code: 'unexpected-character', at, end: at + whole.length, found: whole, suggestion });
}

/** Splits a text into tokens, the last of kind `end`. Throws SyntaxFault. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += match(blank, text, at)?.[0].length ?? 0;
    if (at >= text.length) {
      tokens.push({ kind: 'end', at, end: at, text: '' });
      return tokens;
    }
    const token = readToken(text, at);
    tokens.push(token);
    at = token.end;
  }
}
