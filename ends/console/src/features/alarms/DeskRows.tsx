import { useT } from '@keystead/ui/i18n';
import { Button, Empty, Result, Skeleton, Spin } from 'antd';
import { useCallback, useMemo, useState } from 'react';
import { RowTable } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import type { Alarm, DeskFilter } from './alarm.ts';
import { useDeskColumns } from './columns.tsx';
import { unfolded } from './desk.ts';
import { useDeskKeys } from './desk-keys.ts';
import { useAlarms, useMembers, useStep } from './queries.ts';
import './desk.css';

interface DeskRowsProps {
  filter: DeskFilter;
  onOpen(id: string): void;
}

const keyOf = (alarm: Alarm) => alarm.id;

/** The alarms themselves: live, selectable, driven by keys. */
export function DeskRows({ filter, onOpen }: DeskRowsProps) {
  const t = useT();
  const { may } = useSession();
  const list = useAlarms(filter);
  const [selected, setSelected] = useState<string>();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const leads = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const shown = useMemo(
    () => (filter.gathered ? leads.filter((lead) => open.has(lead.id)).map((lead) => lead.id) : []),
    [filter.gathered, leads, open],
  );
  const members = useMembers(shown);
  const below = new Map(shown.map((id, at) => [id, members[at]?.data ?? []]));
  const rows = unfolded(leads, below);
  const standing = useMemo(() => new Set(leads.map((lead) => lead.id)), [leads]);
  const { mutate } = useStep();
  const acknowledge = useCallback((alarm: Alarm) => mutate({ alarm, step: 'acknowledge' }), [mutate]);
  const fold = useCallback(
    (alarm: Alarm, show?: boolean) =>
      setOpen((before) => {
        const after = new Set(before);
        if (show ?? !before.has(alarm.id)) after.add(alarm.id);
        else after.delete(alarm.id);
        return after;
      }),
    [],
  );
  const columns = useDeskColumns({ acknowledge, unfolded: open, fold, open: onOpen });
  const look = useCallback(
    (alarm: Alarm) => {
      setSelected(alarm.id);
      onOpen(alarm.id);
    },
    [onOpen],
  );
  useDeskKeys({
    rows,
    selected,
    select: setSelected,
    open: look,
    fold,
    acknowledge: may('alarm:acknowledge') ? acknowledge : undefined,
  });
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  const more = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (list.error) {
    return (
      <Result
        status="warning"
        title={said(list.error)}
        extra={<Button onClick={() => void list.refetch()}>{t('alarms.retry')}</Button>}
      />
    );
  }
  if (list.isPending) return <Skeleton active paragraph={{ rows: 6 }} />;
  if (rows.length === 0) {
    return (
      <Empty
        image={Empty.PRESENTED_IMAGE_SIMPLE}
        description={t(filter.state === 'all' ? 'alarms.emptyAll' : 'alarms.empty')}
      />
    );
  }
  return (
    <>
      <RowTable
        label={t('alarms.title')}
        columns={columns}
        rows={rows}
        keyOf={keyOf}
        onOpen={look}
        selected={selected}
        onSelect={setSelected}
        nested={(row) => !standing.has(row.id)}
        onEnd={more}
      />
      {isFetchingNextPage ? <Spin style={{ display: 'block', margin: 12 }} /> : null}
    </>
  );
}
