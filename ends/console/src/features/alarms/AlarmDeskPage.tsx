import { ago } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { ListPage } from '@keystead/ui/table';
import { Button, Input, Segmented, Select, Space, Tag, Typography } from 'antd';
import { useEffect, useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { AlarmDrawer } from './AlarmDrawer.tsx';
import { type Alarm, type DeskFilter, useAlarmCounts, useAlarms, useStep } from './queries.ts';
import { ConditionTag, HandlingTag } from './StateTags.tsx';

const states: DeskFilter['state'][] = ['open', 'active', 'all'];

/** Cells of rows that did not change are not drawn again: at a hundred alarms a second that decides what is seen when. */
const steady = { shouldCellUpdate: (row: Alarm, before: Alarm) => row !== before };

/** The desk a duty operator has open all day: live, keyboard driven (J/K move, Enter opens, A acknowledges). */
export default function AlarmDeskPage() {
  const { t, language } = useTexts();
  const { may } = useSession();
  const [search, setSearch] = useSearchParams();
  const filter: DeskFilter = useMemo(() => {
    const severity = search.get('severity');
    const text = search.get('text');
    const place = search.get('place');
    const subject = search.get('subject');
    return {
      state: (search.get('state') as DeskFilter['state']) ?? 'open',
      ...(severity ? { severity: Number(severity) } : {}),
      ...(text ? { text } : {}),
      ...(place ? { place } : {}),
      ...(subject ? { subject } : {}),
    };
  }, [search]);
  const list = useAlarms(filter);
  const counts = useAlarmCounts();
  const step = useStep();
  const [selected, setSelected] = useState<string>();
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const openId = search.get('alarm') ?? undefined;

  const put = (name: string, value: string | undefined) =>
    setSearch(
      (before) => {
        if (value) before.set(name, value);
        else before.delete(name);
        return before;
      },
      { replace: true },
    );

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (
        event.target instanceof HTMLInputElement ||
        event.target instanceof HTMLTextAreaElement ||
        event.ctrlKey ||
        event.metaKey ||
        !rows
      )
        return;
      const at = rows.findIndex((row) => row.id === selected);
      const current = rows[at];
      if (event.key === 'j') setSelected(rows[Math.min(at + 1, rows.length - 1)]?.id);
      else if (event.key === 'k') setSelected(rows[Math.max(at - 1, 0)]?.id);
      else if (event.key === 'Enter' && current) put('alarm', current.id);
      else if (event.key === 'a' && current?.steps.includes('acknowledge') && may('alarm:acknowledge'))
        step.mutate({ alarm: current, step: 'acknowledge' });
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  });

  return (
    <>
      <ListPage<Alarm>
        key={language}
        title={t('alarms.title')}
        actions={
          <Space size={16}>
            {[1, 2, 3, 4].map((severity) => (
              <span key={severity}>
                <SeverityMark severity={severity} />{' '}
                <Typography.Text strong>{counts.data?.open[severity] ?? '—'}</Typography.Text>
              </span>
            ))}
          </Space>
        }
        query={
          <>
            <Segmented
              options={states.map((state) => ({ value: state, label: t(`alarms.state.${state}`) }))}
              value={filter.state}
              onChange={(state) => put('state', state === 'open' ? undefined : state)}
            />
            <Select
              allowClear
              placeholder={t('alarms.severity')}
              style={{ width: 130 }}
              value={filter.severity}
              onChange={(severity) => put('severity', severity ? String(severity) : undefined)}
              options={[1, 2, 3, 4].map((severity) => ({
                value: severity,
                label: <SeverityMark severity={severity} />,
              }))}
            />
            <Input.Search
              allowClear
              placeholder={t('alarms.search')}
              defaultValue={filter.text}
              onSearch={(text) => put('text', text || undefined)}
              style={{ width: 240 }}
            />
            {(['place', 'subject'] as const).map((name) =>
              filter[name] ? (
                <Tag key={name} closable onClose={() => put(name, undefined)} style={{ alignSelf: 'center' }}>
                  {t(`alarms.only.${name}`)}
                </Tag>
              ) : null,
            )}
          </>
        }
        columns={[
          {
            title: t('alarms.severity'),
            ...steady,
            width: 100,
            render: (_, row) => <SeverityMark severity={row.severity} />,
          },
          {
            title: t('alarms.what'),
            ...steady,
            render: (_, row) => (
              <Space orientation="vertical" size={0}>
                <Typography.Text strong>{language === 'en' ? row.title.en : row.title.zh}</Typography.Text>
                <Typography.Text type="secondary">
                  {row.subject.name} · {row.subject.code}
                </Typography.Text>
              </Space>
            ),
          },
          {
            title: t('alarms.condition'),
            ...steady,
            width: 110,
            render: (_, row) => <ConditionTag condition={row.condition} />,
          },
          {
            title: t('alarms.handling'),
            ...steady,
            width: 110,
            render: (_, row) => <HandlingTag handling={row.handling} />,
          },
          { title: t('alarms.occurrences'), ...steady, width: 90, align: 'right', render: (_, row) => row.occurrences },
          {
            title: t('alarms.raised'),
            width: 140,
            render: (_, row) => <span title={row.raisedAt}>{ago(row.raisedAt, language)}</span>,
          },
          { title: t('alarms.handler'), ...steady, width: 120, render: (_, row) => row.handler?.name ?? '—' },
          {
            title: '',
            ...steady,
            width: 110,
            render: (_, row) =>
              row.steps.includes('acknowledge') && may('alarm:acknowledge') ? (
                <Button
                  size="small"
                  onClick={(event) => {
                    event.stopPropagation();
                    step.mutate({ alarm: row, step: 'acknowledge' });
                  }}
                >
                  {t('alarms.step.acknowledge')}
                </Button>
              ) : row.suppressed ? (
                <Tag>{t('alarms.suppressed')}</Tag>
              ) : null,
          },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={(row) => {
          setSelected(row.id);
          put('alarm', row.id);
        }}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(filter.state === 'all' ? 'alarms.emptyAll' : 'alarms.empty')}
        footer={<Typography.Text type="secondary">{t('alarms.keys')}</Typography.Text>}
      />
      <AlarmDrawer id={openId} onClose={() => put('alarm', undefined)} />
    </>
  );
}
