export { AppearanceFixed, AppearanceProvider, useAppearance } from './appearance.tsx';
export { type Appearance, accent, antdTheme, severityColours } from './tokens.ts';
