import { inOrder } from '../../parts/index.ts';
import type { ChangeRow } from './queries.ts';

export const changeColours: Record<ChangeRow['state'], string> = {
  submitted: 'processing',
  approved: 'success',
  refused: 'error',
  withdrawn: 'default',
};
export const changeStates = inOrder(changeColours);
