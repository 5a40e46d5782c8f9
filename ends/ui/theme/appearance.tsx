import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import type { Appearance } from './tokens.ts';

interface Choice {
  appearance: Appearance;
  choose(appearance: Appearance): void;
}

const Context = createContext<Choice>({ appearance: 'light', choose: () => {} });
const stored = 'keystead.appearance';

const preferred = (): Appearance => {
  const kept = localStorage.getItem(stored);
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
};

/** Light or dark, as the person chose last, else as their system prefers. */
export function AppearanceProvider({ children }: { children: ReactNode }) {
  const [appearance, setAppearance] = useState<Appearance>(preferred);
  useEffect(() => {
    document.documentElement.dataset.appearance = appearance;
    document.documentElement.style.colorScheme = appearance;
  }, [appearance]);
  const value = useMemo(
    () => ({
      appearance,
      choose: (next: Appearance) => {
        localStorage.setItem(stored, next);
        setAppearance(next);
      },
    }),
    [appearance],
  );
  return <Context value={value}>{children}</Context>;
}

/** What is always light or always dark, whatever the person chose, such as a big screen. */
export function AppearanceFixed({ appearance, children }: { appearance: Appearance; children: ReactNode }) {
  const value = useMemo(() => ({ appearance, choose: () => {} }), [appearance]);
  return <Context value={value}>{children}</Context>;
}

export const useAppearance = (): Choice => useContext(Context);
