/** Width of a character at size 1. */
export type WidthOf = (character: string) => number;

const breakable = /[\s\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef，。；：、）》”’]/u;

/** Breaks text into lines of a width: after a space or a Chinese character where there is one, else where it must. */
export function wrap(text: string, width: number, size: number, widthOf: WidthOf): string[] {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    let used = 0;
    let breakAt = 0;
    for (const character of paragraph) {
      const wide = widthOf(character) * size;
      if (used + wide > width && line !== '') {
        const at = breakAt > 0 ? breakAt : line.length;
        const rest = line.slice(at);
        lines.push(line.slice(0, at).trimEnd());
        line = rest.trimStart();
        used = [...line].reduce((sum, each) => sum + widthOf(each) * size, 0);
        breakAt = 0;
      }
      line += character;
      used += wide;
      if (breakable.test(character)) breakAt = line.length;
    }
    lines.push(line.trimEnd());
  }
  return lines;
}
