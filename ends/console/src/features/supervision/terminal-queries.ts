import type { Reply } from '@keystead/sdk';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSoon } from '../../parts/index.ts';
import { useLive } from '../../shell/live.ts';
import { sdk } from '../../shell/sdk.ts';
import { useChange } from './queries.ts';

export type Terminal = Reply<typeof sdk.supervision.terminals>[number];
export type Warning = Reply<typeof sdk.supervision.warnings>[number];

const terminals = ['supervision', 'terminals'];
const warningsOf = (id: string) => ['supervision', 'warnings', id];

export const useTerminals = () => useQuery({ queryKey: terminals, queryFn: () => sdk.supervision.terminals({}) });

interface Pushed {
  terminal: string;
  alarm: string;
  severity: 1 | 2 | 3 | 4;
  title: { zh: string; en: string };
  subject: string;
  test?: boolean;
}

/** A warning that was just told, until the list says the same with its times. */
const fresh = ({ alarm, severity, title, subject, test = false }: Pushed): Warning => {
  const now = new Date().toISOString();
  const times = { raisedAt: now, pushedAt: now, receivedAt: null, receivedBy: null };
  return { alarm, severity, title, subject, test, ...times };
};

/** What a terminal was sent, the newest first: shown the moment it is told, asked again soon after, once for all that came together. */
export function useWarnings(id: string, onPush?: () => void) {
  const client = useQueryClient();
  const queryKey = warningsOf(id);
  const again = useSoon(queryKey);
  useLive<Pushed>('supervision.warning', (pushed) => {
    if (pushed.terminal !== id) return;
    client.setQueryData<Warning[]>(queryKey, (before = []) =>
      before.some(({ alarm }) => alarm === pushed.alarm) ? before : [fresh(pushed), ...before],
    );
    onPush?.();
    again();
  });
  useLive('returned', () => void client.invalidateQueries({ queryKey }));
  return useQuery({
    queryKey,
    queryFn: () => sdk.supervision.warnings({ params: { id }, query: { waiting: false } }),
    refetchInterval: 30_000,
  });
}

type TerminalWish = NonNullable<Parameters<typeof sdk.supervision.addTerminal>[0]>['body'];

export const useAddTerminal = () =>
  useChange('terminals', (body: TerminalWish) => sdk.supervision.addTerminal({ body }));
export const useEndTerminal = () =>
  useChange('terminals', (id: string) => sdk.supervision.endTerminal({ params: { id } }));
export const useTestTerminal = () =>
  useChange('warnings', (id: string) => sdk.supervision.testTerminal({ params: { id } }));
export const useReceive = (id: string) =>
  useChange('warnings', (alarm: string) => sdk.supervision.receive({ params: { id }, body: { alarm } }));
