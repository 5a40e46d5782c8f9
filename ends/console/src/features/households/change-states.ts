import type { ChangeRow } from './queries.ts';

export const changeStates = ['submitted', 'approved', 'refused', 'withdrawn'] as const;
export const changeColours: Record<ChangeRow['state'], string> = {
  submitted: 'processing',
  approved: 'success',
  refused: 'error',
  withdrawn: 'default',
};
