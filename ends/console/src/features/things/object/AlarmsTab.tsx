import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { useQuery } from '@tanstack/react-query';
import { Alert, Empty, Table } from 'antd';
import { Link, useNavigate } from 'react-router';
import { useSoon } from '../../../parts/index.ts';
import { useLive } from '../../../shell/live.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { named } from '../words.ts';
import type { ThingTabProps } from './tab-props.ts';

/** Alarms about this thing, the newest first. */
export function AlarmsTab({ thing }: ThingTabProps) {
  const { t, language } = useTexts();
  const navigate = useNavigate();
  const queryKey = ['alarms', 'of', thing.id];
  useLive('alarm.changed', useSoon(queryKey));
  const { data, error, isPending } = useQuery({
    queryKey,
    queryFn: () => sdk.alarms.list({ query: { subject: thing.id, state: 'all', limit: 200 } }),
  });
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Table
      size="middle"
      rowKey="id"
      loading={isPending}
      dataSource={data?.items}
      pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
      scroll={{ x: 'max-content' }}
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('things.noAlarms')} /> }}
      onRow={(row) => ({ onClick: () => void navigate(`/alarms/${row.id}`), style: { cursor: 'pointer' } })}
      columns={[
        { title: t('things.severity'), width: 100, render: (_, row) => <SeverityMark severity={row.severity} /> },
        {
          title: t('things.alarm'),
          render: (_, row) => <Link to={`/alarms/${row.id}`}>{named(row.title, language)}</Link>,
        },
        { title: t('things.condition'), render: (_, row) => t(`things.conditions.${row.condition}`) },
        { title: t('things.raised'), render: (_, row) => dateTime(row.raisedAt) },
        { title: t('things.cleared'), render: (_, row) => dateTime(row.clearedAt) },
        { title: t('things.times'), align: 'right', render: (_, row) => row.occurrences },
      ]}
    />
  );
}
