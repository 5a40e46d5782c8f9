import type { Reply } from '@keystead/sdk';
import { useQuery } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';
import { useChange } from './queries.ts';

export type Report = Reply<typeof sdk.supervision.reports>[number];

const all = ['supervision'];

export const useReports = () => useQuery({ queryKey: [...all, 'reports'], queryFn: () => sdk.supervision.reports({}) });

export const useTemplates = () =>
  useQuery({ queryKey: [...all, 'templates'], queryFn: () => sdk.supervision.templates({}) });

export const useMakeReport = () =>
  useChange('reports', (body: { template: string; month: string }) => sdk.supervision.makeReport({ body }));
