import { useT } from '@keystead/ui/i18n';
import { Alert, Drawer, Skeleton, Space, Tabs } from 'antd';
import { oneOf, useAddress } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import { useUser } from '../queries.ts';
import { UserProfile } from './UserProfile.tsx';
import { UserRoles } from './UserRoles.tsx';
import { UserSafety } from './UserSafety.tsx';
import { UserStateTag } from './UserStateTag.tsx';

const tabs = ['profile', 'roles', 'safety'] as const;

/** One user: who he is, what he may where, and getting back in. */
export function UserDrawer({ id, onClose }: { id: string | undefined; onClose(): void }) {
  const t = useT();
  const { get, put } = useAddress();
  const { data: user, error } = useUser(id);
  return (
    <Drawer
      open={id !== undefined}
      size={680}
      onClose={onClose}
      title={
        user ? (
          <Space>
            {user.name}
            <UserStateTag state={user.state} />
          </Space>
        ) : (
          t('identity.user')
        )
      }
    >
      {error ? <Alert type="error" title={said(error)} /> : null}
      {user && id ? (
        <Tabs
          activeKey={oneOf(tabs, get('tab')) ?? 'profile'}
          onChange={(tab) => put({ tab })}
          items={[
            { key: 'profile', label: t('identity.profile'), children: <UserProfile key={user.version} user={user} /> },
            { key: 'roles', label: t('identity.roles'), children: <UserRoles user={user} /> },
            { key: 'safety', label: t('identity.safety'), children: <UserSafety user={user} onDeleted={onClose} /> },
          ]}
        />
      ) : error ? null : (
        <Skeleton active />
      )}
    </Drawer>
  );
}
