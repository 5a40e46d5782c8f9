import type { Reply } from '@keystead/sdk';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { sdk } from '../../shell/sdk.ts';

export type OpeningRule = Reply<typeof sdk.caseRules.list>['items'][number];
export type OpeningRuleBody = Parameters<typeof sdk.caseRules.add>[0]['body'];
export type Level = Reply<typeof sdk.caseLevels.list>['items'][number];
export type LevelBody = Parameters<typeof sdk.caseLevels.set>[0]['body'];
export type Calendar = Reply<typeof sdk.caseCalendars.list>['items'][number];
export type CalendarBody = Calendar['definition'];

export type Worker = Reply<typeof sdk.caseWorkers.list>[number];
export type Consent = Reply<typeof sdk.caseConsents.list>[number];

export const workersKey = ['case-workers'];
export const consentsKey = ['case-consents'];
const rules = ['case-rules'];
const levels = ['case-levels'];
const calendars = ['case-calendars'];

export const useOpeningRules = () => useQuery({ queryKey: rules, queryFn: () => sdk.caseRules.list() });
export const useLevels = () => useQuery({ queryKey: levels, queryFn: () => sdk.caseLevels.list() });
export const useCalendars = () => useQuery({ queryKey: calendars, queryFn: () => sdk.caseCalendars.list() });
export const useKinds = () =>
  useQuery({ queryKey: ['case-kinds'], queryFn: () => sdk.cases.kinds(), staleTime: Number.POSITIVE_INFINITY });
export const useModels = () =>
  useQuery({ queryKey: ['models'], queryFn: () => sdk.models.list({}), staleTime: 60_000 });
export const useAlarmRules = (enabled: boolean) =>
  useQuery({ queryKey: ['alarm-rules'], queryFn: () => sdk.alarmRules.list({}), enabled });

export const useWorkers = () => useQuery({ queryKey: workersKey, queryFn: () => sdk.caseWorkers.list() });
export const useConsents = () => useQuery({ queryKey: consentsKey, queryFn: () => sdk.caseConsents.list() });

function useChange<Input, Result>(key: readonly string[], change: (input: Input) => Promise<Result>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSettled: () => client.invalidateQueries({ queryKey: key }) });
}

export const useSaveRule = () =>
  useChange(rules, async ({ rule, body }: { rule?: OpeningRule | undefined; body: OpeningRuleBody }) => {
    if (rule) await sdk.caseRules.edit({ params: { id: rule.id }, body }, { ifMatch: rule.version });
    else await sdk.caseRules.add({ body });
  });
export const useRemoveRule = () => useChange(rules, (id: string) => sdk.caseRules.remove({ params: { id } }));
export const useSaveLevel = () =>
  useChange(levels, ({ level, body }: { level: Level; body: LevelBody }) =>
    sdk.caseLevels.set({ params: { kind: level.kind, priority: level.priority }, body }),
  );
export const useSaveCalendar = () =>
  useChange(calendars, ({ name, body }: { name: string; body: CalendarBody }) =>
    sdk.caseCalendars.set({ params: { name }, body }),
  );
