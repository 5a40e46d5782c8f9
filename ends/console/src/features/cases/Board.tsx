import { useT } from '@keystead/ui/i18n';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, App, Empty, Flex, Skeleton, Typography, theme } from 'antd';
import { useMemo, useState } from 'react';
import { said, sdk } from '../../shell/sdk.ts';
import { BoardCard } from './BoardCard.tsx';
import type { CaseFilter } from './filter.ts';
import { states } from './filter.ts';
import { type CaseLine, type CaseState, columnLimit, useBoard, useColumns } from './queries.ts';
import { stepTo } from './steps.ts';
import { useTaking } from './taking.tsx';
import { useCaseWords } from './words.ts';

/** Where nothing is worked on any more; shown on the board only when cases of all states are asked for. */
const over: readonly CaseState[] = ['closed', 'cancelled'];

/** 工单看板: a column for each state. Cards are moved by dragging, or by the menu each of them has. */
export function Board({ filter }: { filter: CaseFilter }) {
  const t = useT();
  const { message } = App.useApp();
  const client = useQueryClient();
  const words = useCaseWords();
  const { query, ready } = filter;
  const board = useBoard(query, ready);
  const { begin, dialog } = useTaking();
  const [dragged, setDragged] = useState<CaseLine>();

  const totals = useMemo(() => {
    const sums = new Map<CaseState, { count: number; overdue: number }>();
    for (const { state, count, overdue } of board.data?.items ?? []) {
      const before = sums.get(state) ?? { count: 0, overdue: 0 };
      sums.set(state, { count: before.count + count, overdue: before.overdue + overdue });
    }
    return sums;
  }, [board.data]);
  const shown = useMemo(
    () =>
      states.filter(
        (state) =>
          totals.has(state) || (filter.state.length === 0 ? !over.includes(state) : filter.state.includes(state)),
      ),
    [totals, filter.state],
  );
  const filled = useMemo(() => shown.filter((state) => totals.has(state)), [shown, totals]);
  const columns = useColumns(query, filled, ready);

  /** A card was dropped on a column: the step that leads there is taken, when there is one. */
  async function move(line: CaseLine, state: CaseState): Promise<void> {
    setDragged(undefined);
    if (line.state === state) return;
    try {
      const file = await client.fetchQuery({
        queryKey: ['cases', 'one', line.id],
        queryFn: () => sdk.cases.get({ params: { id: line.id } }),
        staleTime: 0,
      });
      const step = stepTo(file, state);
      if (step) begin(file, step);
      else void message.warning(t('cases.cannotMove', { from: words.state(line.state), to: words.state(state) }));
    } catch (cause) {
      void message.error(said(cause));
    }
  }

  const error = filter.placeError ?? board.error;
  if (error) return <Alert type="error" title={said(error)} />;
  if (!board.data) return <Skeleton active />;
  if (totals.size === 0) {
    return (
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={t(filter.narrowed ? 'cases.emptyFiltered' : `cases.empty.${filter.group}`)}
      />
    );
  }
  return (
    <>
      <Flex gap={12} style={{ overflowX: 'auto', paddingBottom: 8, height: 'max(420px, calc(100vh - 270px))' }}>
        {shown.map((state) => {
          const total = totals.get(state) ?? { count: 0, overdue: 0 };
          const column = columns[filled.indexOf(state)];
          return (
            <Column
              key={state}
              title={words.state(state)}
              total={total}
              awaits={dragged !== undefined && dragged.state !== state}
              onDrop={() => dragged && void move(dragged, state)}
            >
              {column?.error ? <Alert type="error" title={said(column.error)} /> : null}
              {column?.data?.items.map((line) => (
                <BoardCard
                  key={line.id}
                  line={line}
                  onOpen={() => filter.put({ case: line.id })}
                  onDrag={setDragged}
                  onStep={begin}
                />
              ))}
              {total.count > columnLimit ? (
                <Typography.Link onClick={() => filter.put({ view: undefined, state })}>
                  {t('cases.moreInList', { count: total.count - columnLimit })}
                </Typography.Link>
              ) : null}
            </Column>
          );
        })}
      </Flex>
      {dialog}
    </>
  );
}

interface ColumnProps {
  title: string;
  total: { count: number; overdue: number };
  /** Something is being dragged that could be dropped here. */
  awaits: boolean;
  onDrop(): void;
  children: React.ReactNode;
}

function Column({ title, total, awaits, onDrop, children }: ColumnProps) {
  const t = useT();
  const { token } = theme.useToken();
  const [over, setOver] = useState(false);
  return (
    <section
      aria-label={title}
      onDragOver={(event) => {
        if (!awaits) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={() => {
        setOver(false);
        onDrop();
      }}
      style={{
        flex: '1 0 216px',
        maxWidth: 320,
        minHeight: 320,
        display: 'flex',
        flexDirection: 'column',
        padding: 8,
        borderRadius: token.borderRadiusLG,
        background: token.colorFillQuaternary,
        outline: over && awaits ? `2px dashed ${token.colorPrimary}` : 'none',
      }}
    >
      <Flex justify="space-between" style={{ paddingInline: 4, marginBottom: 8 }}>
        <Typography.Text strong>{title}</Typography.Text>
        <Typography.Text type="secondary">
          {total.overdue > 0 ? t('cases.countLate', { count: total.count, late: total.overdue }) : total.count}
        </Typography.Text>
      </Flex>
      <Flex vertical gap={8} style={{ overflowY: 'auto', flex: 1, minHeight: 0 }}>
        {children}
      </Flex>
    </section>
  );
}
