import { ago } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { OnlineBadge } from '@keystead/ui/online';
import { Alert, Empty, Flex, Table } from 'antd';
import { Link, useNavigate } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { type Thing, useThingsUnder } from './building-state.ts';
import type { Place } from './queries.ts';

/** Things of a place and of everything below it. */
export function PlaceThings({ place }: { place: Pick<Place, 'id' | 'path'> }) {
  const { t, language } = useTexts();
  const navigate = useNavigate();
  const { data, error, isPending } = useThingsUnder(place.path);
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Flex vertical gap={12}>
      <div>
        <Link to={`/things?place=${place.id}`}>{t('places.openThings')}</Link>
      </div>
      <Table<Thing>
        size="middle"
        rowKey="id"
        loading={isPending}
        dataSource={data}
        scroll={{ x: 'max-content' }}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('places.emptyThings')} /> }}
        onRow={(row) => ({ onClick: () => void navigate(`/things/${row.id}`), style: { cursor: 'pointer' } })}
        columns={[
          { title: t('places.online'), width: 100, render: (_, row) => <OnlineBadge state={row.online} /> },
          { title: t('places.code'), render: (_, row) => <Link to={`/things/${row.id}`}>{row.code}</Link> },
          { title: t('places.name'), dataIndex: 'name' },
          { title: t('places.family'), dataIndex: 'family' },
          { title: t('places.at'), render: (_, row) => row.placeName ?? '—' },
          {
            title: t('places.lastHeard'),
            render: (_, row) =>
              row.lastHeard ? <span title={row.lastHeard}>{ago(row.lastHeard, language)}</span> : '—',
          },
        ]}
      />
    </Flex>
  );
}
