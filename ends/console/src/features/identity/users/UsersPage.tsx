import { PlusOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Flex, Input, Select, Tag, Typography } from 'antd';
import { useMemo } from 'react';
import { oneOf, RoleChoice, useAddress } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { type User, useUsers } from '../queries.ts';
import { masked } from './contact.ts';
import { NewUser } from './NewUser.tsx';
import { UserDrawer } from './UserDrawer.tsx';
import { UserStateTag } from './UserStateTag.tsx';

const userStates = ['active', 'disabled', 'deleted'] as const;
const userKinds = ['staff', 'tenant'] as const;

/** Users of the organisation; the address holds the filter and who is open. */
export default function UsersPage() {
  const { t, language } = useTexts();
  const { may } = useSession();
  const { get, put } = useAddress();
  const text = get('text');
  const state = oneOf(userStates, get('state'));
  const kind = oneOf(userKinds, get('kind'));
  const role = get('role');
  const filter = useMemo(
    () => ({
      ...(text ? { text } : {}),
      ...(state ? { state } : {}),
      ...(kind ? { kind } : {}),
      ...(role ? { role } : {}),
    }),
    [text, state, kind, role],
  );
  const list = useUsers(filter);
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const open = get('user');

  return (
    <>
      <ListPage<User>
        title={t('identity.users')}
        actions={
          may('user:write') ? (
            <Button type="primary" icon={<PlusOutlined />} onClick={() => put({ user: 'new' })}>
              {t('identity.addUser')}
            </Button>
          ) : null
        }
        query={
          <>
            <Input.Search
              allowClear
              key={text ?? ''}
              defaultValue={text}
              placeholder={t('identity.searchUser')}
              aria-label={t('identity.searchUser')}
              onSearch={(value) => put({ text: value.trim() })}
              style={{ width: 240 }}
            />
            <Select
              allowClear
              placeholder={t('identity.state')}
              aria-label={t('identity.state')}
              style={{ width: 120 }}
              value={state}
              onChange={(value?: string) => put({ state: value })}
              options={userStates.map((each) => ({ value: each, label: t(`identity.states.${each}`) }))}
            />
            <Select
              allowClear
              placeholder={t('identity.kind')}
              aria-label={t('identity.kind')}
              style={{ width: 120 }}
              value={kind}
              onChange={(value?: string) => put({ kind: value })}
              options={userKinds.map((each) => ({ value: each, label: t(`identity.kinds.${each}`) }))}
            />
            {may('role:read') ? <RoleChoice value={role} onChange={(value) => put({ role: value })} /> : null}
          </>
        }
        columns={[
          {
            title: t('identity.name'),
            render: (_, row) => (
              <Flex vertical>
                <Typography.Text strong>{row.name}</Typography.Text>
                <Typography.Text type="secondary">{row.username}</Typography.Text>
              </Flex>
            ),
          },
          { title: t('identity.phone'), width: 130, render: (_, row) => masked(row.phone) || '—' },
          { title: t('identity.email'), render: (_, row) => masked(row.email) || '—' },
          { title: t('identity.kind'), width: 90, render: (_, row) => t(`identity.kinds.${row.kind}`) },
          {
            title: t('identity.role'),
            render: (_, row) =>
              row.roles.length === 0 ? (
                <Typography.Text type="secondary">{t('identity.noRoles')}</Typography.Text>
              ) : (
                <Flex gap={4} wrap>
                  {row.roles.map((assignment) => (
                    <Tag key={assignment.id}>{assignment.role.names[language]}</Tag>
                  ))}
                </Flex>
              ),
          },
          {
            title: t('identity.secondFactor'),
            width: 110,
            render: (_, row) => t(row.secondFactor ? 'identity.factorOn' : 'identity.factorOff'),
          },
          { title: t('identity.state'), width: 100, render: (_, row) => <UserStateTag state={row.state} /> },
          { title: t('identity.madeAt'), width: 170, render: (_, row) => dateTime(row.madeAt) },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={list.isPending || list.isFetchingNextPage}
        error={list.error ? said(list.error) : undefined}
        onReload={() => void list.refetch()}
        onOpen={(row) => put({ user: row.id })}
        more={list.hasNextPage}
        onMore={() => void list.fetchNextPage()}
        empty={t(Object.keys(filter).length > 0 ? 'identity.emptyFiltered' : 'identity.emptyUsers')}
      />
      {open === 'new' && may('user:write') ? (
        <NewUser onClose={() => put({ user: undefined })} onMade={(id) => put({ user: id, tab: 'roles' })} />
      ) : null}
      <UserDrawer id={open === 'new' ? undefined : open} onClose={() => put({ user: undefined, tab: undefined })} />
    </>
  );
}
