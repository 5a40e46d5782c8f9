import { PlusOutlined } from '@ant-design/icons';
import { useTexts } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Space, Tag, Typography } from 'antd';
import { Link } from 'react-router';
import { useAddress } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { type Role, usePermissions, useRoleList } from '../queries.ts';
import { originOf, standingOf } from './matrix.ts';
import { RoleDrawer } from './RoleDrawer.tsx';

/** Roles of the organisation: those it began with, and its own. */
export default function RolesPage() {
  const { t, language } = useTexts();
  const { may } = useSession();
  const { get, put } = useAddress();
  const roles = useRoleList();
  const permissions = usePermissions();
  const all = permissions.data?.items.map(({ permission }) => permission) ?? [];
  const open = get('role');
  const opened = roles.data?.items.find(({ id }) => id === open);
  const error = roles.error ?? permissions.error;

  return (
    <>
      <ListPage<Role>
        title={t('identity.roles')}
        total={roles.data?.items.length}
        actions={
          <Space>
            <Link to="/unused-rights">
              <Button>{t('identity.unused')}</Button>
            </Link>
            {may('role:write') ? (
              <Button type="primary" icon={<PlusOutlined />} onClick={() => put({ role: 'new' })}>
                {t('identity.addRole')}
              </Button>
            ) : null}
          </Space>
        }
        columns={[
          {
            title: t('identity.role'),
            render: (_, row) => <Typography.Text strong>{row.names[language]}</Typography.Text>,
          },
          { title: t('identity.roleCode'), render: (_, row) => <Typography.Text code>{row.code}</Typography.Text> },
          {
            title: t('identity.rights'),
            render: (_, row) =>
              row.permissions.includes('*') && row.denies.length === 0 ? (
                <Tag color="cyan">{t('identity.everything')}</Tag>
              ) : (
                t('identity.rightsOf', {
                  count: all.filter((each) => ['allowed', 'by-star'].includes(standingOf(row, each))).length,
                  all: all.length,
                })
              ),
          },
          {
            title: t('identity.origin'),
            render: (_, row) => (
              <Tag color={{ own: 'default', shipped: 'blue', edited: 'gold' }[originOf(row)]}>
                {t(`identity.origins.${originOf(row)}`)}
              </Tag>
            ),
          },
          {
            title: t('identity.denies'),
            render: (_, row) =>
              row.denies.length === 0 ? '—' : row.denies.map((each) => <Tag key={each}>{each}</Tag>),
          },
        ]}
        rows={roles.data?.items}
        rowKey={(row) => row.id}
        loading={roles.isPending}
        error={error ? said(error) : undefined}
        onReload={() => void roles.refetch()}
        onOpen={(row) => put({ role: row.id })}
        empty={t('identity.emptyRoles')}
      />
      {(opened || (open === 'new' && may('role:write'))) && permissions.data ? (
        <RoleDrawer
          key={`${open}:${opened?.version ?? 0}`}
          role={opened}
          roles={roles.data?.items ?? []}
          all={all}
          onClose={() => put({ role: undefined })}
        />
      ) : null}
    </>
  );
}
