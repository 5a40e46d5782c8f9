import { PlusOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Alert, App, Button, Card, Empty, Flex, Popconfirm, Table, Typography } from 'antd';
import { useState } from 'react';
import { PlaceName } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { useConfirming } from '../confirming.tsx';
import { type Assignment, type User, useUserChange } from '../queries.ts';
import { AssignRole } from './AssignRole.tsx';

/** Whether a role holds now, will hold, or held once. */
function standing({ validFrom, validUntil }: Assignment, now: number): 'now' | 'later' | 'over' {
  if (validUntil && Date.parse(validUntil) <= now) return 'over';
  return validFrom && Date.parse(validFrom) > now ? 'later' : 'now';
}

/** Which roles a user holds, where and how long. */
export function UserRoles({ user }: { user: User }) {
  const { t, language } = useTexts();
  const { message } = App.useApp();
  const { may } = useSession();
  const { confirmed, dialog } = useConfirming();
  const [adding, setAdding] = useState(user.roles.length === 0 && user.state === 'active' && may('role:write'));
  const remove = useUserChange((assignment: string) =>
    confirmed(() => sdk.users.unassign({ params: { id: user.id, assignment } })),
  );
  const mayWrite = may('role:write') && user.state !== 'deleted';

  return (
    <Flex vertical gap={16}>
      {remove.error ? <Alert type="error" showIcon title={said(remove.error)} /> : null}
      <Table<Assignment>
        size="small"
        pagination={false}
        rowKey={(row) => row.id}
        dataSource={user.roles}
        locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('identity.noRolesYet')} /> }}
        columns={[
          {
            title: t('identity.role'),
            render: (_, row) => <Typography.Text strong>{row.role.names[language]}</Typography.Text>,
          },
          {
            title: t('identity.reach'),
            render: (_, row) =>
              row.reach === 'places' ? (
                <Flex gap={8} wrap>
                  {row.places.map((place) => (
                    <PlaceName key={place.id} id={place.id} />
                  ))}
                </Flex>
              ) : (
                t(`identity.reaches.${row.reach}`)
              ),
          },
          {
            title: t('identity.period'),
            render: (_, row) => (
              <Flex vertical>
                {row.validFrom || row.validUntil
                  ? t('identity.fromTo', { from: dateTime(row.validFrom), to: dateTime(row.validUntil) })
                  : t('identity.always')}
                {standing(row, Date.now()) === 'now' ? null : (
                  <Typography.Text type="secondary">
                    {t(`identity.standing.${standing(row, Date.now())}`)}
                  </Typography.Text>
                )}
              </Flex>
            ),
          },
          {
            title: '',
            width: 80,
            render: (_, row) =>
              mayWrite ? (
                <Popconfirm
                  title={t('identity.unassignSure')}
                  onConfirm={() =>
                    remove.mutate(row.id, { onSuccess: () => void message.success(t('identity.unassigned')) })
                  }
                >
                  <Button size="small" type="text" danger>
                    {t('identity.unassign')}
                  </Button>
                </Popconfirm>
              ) : null,
          },
        ]}
      />
      {mayWrite && !adding ? (
        <Button icon={<PlusOutlined />} onClick={() => setAdding(true)} style={{ alignSelf: 'flex-start' }}>
          {t('identity.assign')}
        </Button>
      ) : null}
      {mayWrite && adding ? (
        <Card size="small" title={t('identity.assign')}>
          <AssignRole user={user} onDone={() => setAdding(false)} />
        </Card>
      ) : null}
      {dialog}
    </Flex>
  );
}
