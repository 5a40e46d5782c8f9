import { type ThemeConfig, theme } from 'antd';

export type Appearance = 'light' | 'dark';

/** One accent. The severity scale is used for severity and nothing else. */
export const accent = '#0f766e';

/** Colours of severity 1 (most severe) to 4; each has its own shape too, so that colour never speaks alone. */
export const severityColours: Record<Appearance, Record<1 | 2 | 3 | 4, string>> = {
  light: { 1: '#b91c1c', 2: '#c2410c', 3: '#a16207', 4: '#1d4ed8' },
  dark: { 1: '#f87171', 2: '#fb923c', 3: '#facc15', 4: '#60a5fa' },
};

const fonts = `-apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", "Noto Sans SC Variable", "Noto Sans SC", sans-serif`;

/** Words in code may be Chinese too. */
const codeFonts = `ui-monospace, "SFMono-Regular", Consolas, "Liberation Mono", monospace, "Noto Sans SC Variable"`;

/** Surfaces and the words on them: main text, what explains it, what stands in an empty field. All ≥ 4.5 : 1. */
export const surfaces = {
  light: { layout: '#f4f6f6', container: '#ffffff', text: '#1b2424', quiet: '#566161', empty: '#687373' },
  dark: { layout: '#101615', container: '#18201f', text: '#e4ecea', quiet: '#a3b1ae', empty: '#8d9a97' },
} as const satisfies Record<Appearance, Record<string, string>>;

/** Tints of the accent and of success; the generator's own turn grey on colours so deep. */
const tints = {
  light: {
    bg: '#e3f2ef',
    hover: '#d0e8e4',
    border: '#8fc7be',
    done: '#15803d',
    doneBg: '#e8f5ec',
    doneBorder: '#9fd2b0',
  },
  dark: {
    bg: '#12312d',
    hover: '#183f3a',
    border: '#23655c',
    done: '#4ade80',
    doneBg: '#12301d',
    doneBorder: '#2a6b40',
  },
} as const satisfies Record<Appearance, Record<string, string>>;

export function antdTheme(appearance: Appearance): ThemeConfig {
  const surface = surfaces[appearance];
  const tint = tints[appearance];
  return {
    algorithm: appearance === 'dark' ? theme.darkAlgorithm : theme.defaultAlgorithm,
    cssVar: { prefix: 'ks' },
    token: {
      colorPrimary: appearance === 'dark' ? '#2dd4bf' : accent,
      colorInfo: appearance === 'dark' ? '#2dd4bf' : accent,
      colorLink: appearance === 'dark' ? '#5eead4' : accent,
      colorSuccess: tint.done,
      colorSuccessBg: tint.doneBg,
      colorSuccessBorder: tint.doneBorder,
      colorPrimaryBg: tint.bg,
      colorPrimaryBgHover: tint.hover,
      colorPrimaryBorder: tint.border,
      colorInfoBg: tint.bg,
      colorInfoBorder: tint.border,
      controlItemBgActive: tint.bg,
      controlItemBgActiveHover: tint.hover,
      colorBgLayout: surface.layout,
      colorBgContainer: surface.container,
      colorTextBase: surface.text,
      colorTextTertiary: surface.quiet,
      colorTextDescription: surface.quiet,
      colorTextPlaceholder: surface.empty,
      borderRadius: 6,
      fontFamily: fonts,
      fontFamilyCode: codeFonts,
      fontSize: 14,
      wireframe: false,
    },
    components: {
      Layout: { headerBg: surface.container, siderBg: surface.container, headerHeight: 56, headerPadding: '0 16px' },
      Table: { cellPaddingBlock: 10, headerBg: 'transparent' },
      Card: { paddingLG: 16 },
    },
  };
}
