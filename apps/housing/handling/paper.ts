import type { Block, Paper } from '@keystead/kernel/pdf';

interface HandlingPaper {
  readonly title: string;
  readonly code: string;
  readonly household: string;
  /** What else is said of it before anything else. */
  readonly facts: readonly (readonly [label: string, value: string])[];
  readonly blocks: readonly Block[];
  readonly at: Date;
}

/** A paper both sides of a handling put their names under: what it is about above, their names below. */
export const handlingPaper = ({ title, code, household, facts, blocks, at }: HandlingPaper): Paper => ({
  ...{ title, at, language: 'zh-CN', foot: `${code} · ${title}` },
  blocks: [
    { kind: 'facts', rows: [['办理编号', code], ['承租家庭', household], ...facts] },
    ...blocks,
    { kind: 'space' },
    {
      kind: 'table',
      head: ['承租人（签字）', '出租人经办（签字）', '日期'],
      rows: [[' \n ', ' ', ' ']],
      widths: [2, 2, 1],
    },
  ],
});
