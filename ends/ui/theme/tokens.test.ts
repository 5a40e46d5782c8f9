import { describe, expect, test } from 'vitest';
import { type Appearance, antdTheme, severityColours, surfaces } from './tokens.ts';

/** Relative luminance of `#rrggbb` as WCAG 2 counts it. */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [light = 0, dark = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (light + 0.05) / (dark + 0.05);
}

describe.each<Appearance>(['light', 'dark'])('in %s appearance', (appearance) => {
  const { layout, container, ...words } = surfaces[appearance];
  const { colorPrimary = '', colorLink = '', colorSuccess = '' } = antdTheme(appearance).token ?? {};
  const colours = { ...words, ...severityColours[appearance], colorPrimary, colorLink, colorSuccess };

  test.each(Object.entries(colours))('%s %s can be read on every surface', (_name, colour) => {
    expect(contrast(colour, container)).toBeGreaterThanOrEqual(4.5);
    expect(contrast(colour, layout)).toBeGreaterThanOrEqual(4.5);
  });
});
