import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, App, Drawer, Empty, Table, Tag } from 'antd';
import { Link } from 'react-router';
import { PlaceName, RemoveButton } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { type JoinToken, useFleetChange, useJoinTokens } from './queries.ts';

const colours: Readonly<Record<string, string>> = { open: 'blue', used: 'green', revoked: 'red', expired: 'default' };

/** Invitations for new nodes and what became of them; one that was not used can be taken back. */
export function JoinTokens({ onClose }: { onClose(): void }) {
  const t = useT();
  const { message } = App.useApp();
  const tokens = useJoinTokens();
  const revoke = useFleetChange((id: string) => sdk.fleet.uninvite({ params: { id } }));
  return (
    <Drawer open size={820} title={t('fleet.tokens.title')} onClose={onClose}>
      {tokens.error ? <Alert type="error" showIcon title={said(tokens.error)} /> : null}
      <Table<JoinToken>
        size="small"
        rowKey="id"
        loading={tokens.isPending}
        dataSource={tokens.data}
        pagination={{ pageSize: 20, hideOnSinglePage: true, showSizeChanger: false }}
        scroll={{ x: 'max-content' }}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('fleet.tokens.empty')} /> }}
        columns={[
          { title: t('fleet.name'), dataIndex: 'name' },
          {
            title: t('fleet.place'),
            render: (_, row) => (row.placeId ? <PlaceName id={row.placeId} /> : '—'),
          },
          {
            title: t('fleet.tokens.state'),
            render: (_, row) => <Tag color={colours[row.state]}>{t(`fleet.tokens.states.${row.state}`)}</Tag>,
          },
          { title: t('fleet.tokens.expires'), render: (_, row) => dateTime(row.expiresAt) },
          { title: t('fleet.createdBy'), dataIndex: 'createdBy' },
          {
            title: '',
            align: 'right',
            render: (_, row) =>
              row.thingId ? (
                <Link to={`/fleet/${row.thingId}`}>{t('fleet.tokens.node')}</Link>
              ) : row.state === 'open' ? (
                <RemoveButton
                  text={t('fleet.tokens.revoke')}
                  sure={t('fleet.tokens.revokeSure', { name: row.name })}
                  onConfirm={() => revoke.mutate(row.id, { onError: (cause) => void message.error(said(cause)) })}
                />
              ) : null,
          },
        ]}
      />
    </Drawer>
  );
}
