import { useEffect, useRef } from 'react';
import type { Alarm } from './alarm.ts';

interface Desk {
  rows: readonly Alarm[];
  selected: string | undefined;
  select(id: string): void;
  open(alarm: Alarm): void;
  /** Shows or hides what a lead stands for. */
  fold(alarm: Alarm, show: boolean): void;
  acknowledge?: ((alarm: Alarm) => void) | undefined;
}

/** What takes keys itself: fields, buttons, links, and everything in a drawer or dialog. */
const busy = 'input, textarea, select, button, a, [role="dialog"], [role="combobox"], [contenteditable="true"]';

/** The desk without a mouse: J and K move, Enter opens, → and ← unfold and fold, A acknowledges. */
export function useDeskKeys(desk: Desk): void {
  const latest = useRef(desk);
  latest.current = desk;
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const { rows, selected, select, open, fold, acknowledge } = latest.current;
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.target instanceof Element && event.target.closest(busy)) return;
      const at = rows.findIndex((row) => row.id === selected);
      const current = rows[at];
      const go = (to: number) => {
        const row = rows[Math.max(0, Math.min(to, rows.length - 1))];
        if (row) select(row.id);
      };
      if (event.key === 'j') go(at + 1);
      else if (event.key === 'k') go(at - 1);
      // A row that has the focus opens by itself.
      else if (event.key === 'Enter' && current && !(event.target as Element).closest('tr')) open(current);
      else if (current && (event.key === 'ArrowRight' || event.key === 'ArrowLeft'))
        fold(current, event.key === 'ArrowRight');
      else if (event.key === 'a' && current?.steps.includes('acknowledge')) acknowledge?.(current);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
}
