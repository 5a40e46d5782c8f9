/** Lines (from 1) of all values of a JSON text by their JSON pointer; as far as the text can be read. */
export function parseText(text: string): Map<string, number> {
  const lines = new Map<string, number>();
  const tokens = text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+|\n/g);
  const open: { path: string; index: number | undefined; key: string }[] = [];
  let line = 1;
  let isKey = false;
  const pathHere = (): string => {
    const inside = open.at(-1);
    return inside === undefined ? '' : `${inside.path}/${inside.index ?? inside.key}`;
  };
  for (const [token] of tokens) {
    const inside = open.at(-1);
    if (token === '\n') line++;
    else if (token === '{' || token === '[') {
      const path = pathHere();
      lines.set(path, line);
      open.push({ path, index: token === '[' ? 0 : undefined, key: '' });
      isKey = token === '{';
    } else if (token === '}' || token === ']') {
      open.pop();
      isKey = false;
    } else if (token === ',') {
      if (inside?.index !== undefined) inside.index++;
      isKey = inside !== undefined && inside.index === undefined;
    } else if (token === ':') isKey = false;
    else if (isKey && inside) inside.key = token.slice(1, -1).replaceAll('~', '~0').replaceAll('/', '~1');
    else lines.set(pathHere(), line);
  }
  return lines;
}
