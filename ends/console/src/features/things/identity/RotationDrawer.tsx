import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Drawer, Table, Tag } from 'antd';
import { Link } from 'react-router';
import { said } from '../../../shell/sdk.ts';
import { useRotationItems } from './queries.ts';

const colours: Readonly<Record<string, string>> = { done: 'green', lapsed: 'red' };

/** How far each thing of a rotation is. */
export function RotationDrawer({ id, onClose }: { id: string; onClose(): void }) {
  const t = useT();
  const items = useRotationItems(id);
  return (
    <Drawer open size={640} title={t('things.identityPage.rotationItems')} onClose={onClose}>
      {items.error ? <Alert type="error" showIcon title={said(items.error)} /> : null}
      <Table
        size="small"
        rowKey="thingId"
        loading={items.isPending}
        dataSource={items.data}
        pagination={{ pageSize: 50, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          {
            title: t('things.identityPage.thing'),
            render: (_, row) => <Link to={`/things/${row.thingId}`}>{row.code}</Link>,
          },
          {
            title: t('things.stateLabel'),
            render: (_, row) => (
              <Tag color={colours[row.state]}>{t(`things.identityPage.rotationStates.${row.state}`)}</Tag>
            ),
          },
          { title: t('things.identityPage.deliveredAt'), render: (_, row) => dateTime(row.deliveredAt) },
          { title: t('things.identityPage.endedAt'), render: (_, row) => dateTime(row.endedAt) },
        ]}
      />
    </Drawer>
  );
}
