import type { Reply } from '@keystead/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type Rule = Reply<typeof sdk.alarmRules.list>['items'][number];
export type RuleBody = Parameters<typeof sdk.alarmRules.create>[0]['body'];

export interface Level {
  severity: number;
  when: string;
  for?: number;
}

/** The trigger as rules are written (the API leaves its shape to the rule compiler). */
export type Trigger =
  | { kind: 'condition'; levels: Level[]; clear?: string }
  | { kind: 'event'; severity: number; event: string; clearEvent?: string }
  | { kind: 'offline'; severity: number; for: number }
  | { kind: 'missing'; severity: number; property: string; for: number };

export const triggerOf = (definition: Pick<RuleBody, 'trigger'>): Trigger => definition.trigger as Trigger;

const all = ['alarm-rules'];

export const useRules = () => useQuery({ queryKey: all, queryFn: () => sdk.alarmRules.list({}) });

export const useModels = () =>
  useQuery({ queryKey: ['models'], queryFn: () => sdk.models.list({}), staleTime: 60_000 });

export function useSaveRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, version, body }: { id?: string; version?: number; body: RuleBody }) =>
      id ? sdk.alarmRules.update({ params: { id }, body }, { ifMatch: version }) : sdk.alarmRules.create({ body }),
    onSettled: () => client.invalidateQueries({ queryKey: all }),
  });
}

export function useRemoveRule() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => sdk.alarmRules.remove({ params: { id } }),
    onSettled: () => client.invalidateQueries({ queryKey: all }),
  });
}

export type GroupingBody = Parameters<typeof sdk.alarms.setGrouping>[0]['body'];

const grouping = ['alarm-grouping'];

export const useGrouping = () =>
  useQuery({ queryKey: grouping, queryFn: () => sdk.alarms.grouping({}), staleTime: Number.POSITIVE_INFINITY });

export function useSetGrouping() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ version, body }: { version: number; body: GroupingBody }) =>
      sdk.alarms.setGrouping({ body }, { ifMatch: version }),
    onSettled: () => client.invalidateQueries({ queryKey: grouping }),
  });
}
