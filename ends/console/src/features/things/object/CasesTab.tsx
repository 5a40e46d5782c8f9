import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Alert, Empty, Table, Tag } from 'antd';
import { Link, useNavigate } from 'react-router';
import { useSoon } from '../../../parts/index.ts';
import { useLive } from '../../../shell/live.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import type { ThingTabProps } from './tab-props.ts';

/** Orders about this thing. */
export function CasesTab({ thing }: ThingTabProps) {
  const t = useT();
  const navigate = useNavigate();
  const queryKey = ['cases', 'of', thing.id];
  useLive('case.changed', useSoon(queryKey));
  const { data, error, isPending } = useQuery({
    queryKey,
    queryFn: () => sdk.cases.list({ query: { subject: `thing:${thing.id}`, limit: 100 } }),
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
      locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('things.noCases')} /> }}
      onRow={(row) => ({ onClick: () => void navigate(`/cases/${row.id}`), style: { cursor: 'pointer' } })}
      columns={[
        { title: t('things.caseCode'), render: (_, row) => <Link to={`/cases/${row.id}`}>{row.code}</Link> },
        { title: t('things.caseTitle'), dataIndex: 'title' },
        { title: t('things.caseState'), render: (_, row) => <Tag>{t(`things.caseStates.${row.state}`)}</Tag> },
        { title: t('things.assignee'), render: (_, row) => row.assigneeName ?? '—' },
        { title: t('things.opened'), render: (_, row) => dateTime(row.openedAt) },
      ]}
    />
  );
}
