import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Empty, Flex, Table, Tag } from 'antd';
import { useState } from 'react';
import { Link, useNavigate } from 'react-router';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { childKinds, kindIcons } from './kinds.tsx';
import { PlaceEditor } from './PlaceEditor.tsx';
import { type Place, useChildren } from './queries.ts';

/** Places right below one. */
export function ChildTable({ place }: { place: Place }) {
  const t = useT();
  const { may } = useSession();
  const navigate = useNavigate();
  const [adding, setAdding] = useState(false);
  const { data, error, isPending } = useChildren(place.id);
  const mayAdd = may('place:write') && childKinds(place.kind).length > 0 && !place.retired;
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Flex vertical gap={12}>
      {mayAdd ? (
        <div>
          <Button onClick={() => setAdding(true)}>{t('places.addBelow')}</Button>
        </div>
      ) : null}
      <Table<Place>
        size="middle"
        rowKey="id"
        loading={isPending}
        dataSource={data}
        scroll={{ x: 'max-content' }}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        locale={{
          emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('places.emptyChildren')} />,
        }}
        onRow={(row) => ({ onClick: () => void navigate(`/places/${row.id}`), style: { cursor: 'pointer' } })}
        columns={[
          {
            title: t('places.name'),
            render: (_, row) => (
              <Link to={`/places/${row.id}`}>
                {kindIcons[row.kind]} {row.name}
              </Link>
            ),
          },
          { title: t('places.code'), dataIndex: 'code' },
          { title: t('places.kindLabel'), render: (_, row) => t(`places.kind.${row.kind}`) },
          { title: t('places.tags'), render: (_, row) => row.tags.map((tag) => <Tag key={tag}>{tag}</Tag>) },
          { title: t('places.state'), render: (_, row) => t(row.retired ? 'places.retired' : 'places.inUse') },
        ]}
      />
      {adding ? (
        <PlaceEditor
          parent={place}
          onClose={() => setAdding(false)}
          onDone={(made) => void navigate(`/places/${made.id}`)}
        />
      ) : null}
    </Flex>
  );
}
