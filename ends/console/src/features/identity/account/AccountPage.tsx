import { KeyValue } from '@keystead/ui/facts';
import { useT } from '@keystead/ui/i18n';
import { Card, Flex, Tag, Typography } from 'antd';
import { useSession } from '../../../shell/session.tsx';
import { OwnPassword } from './OwnPassword.tsx';
import { OwnSessions } from './OwnSessions.tsx';
import { SecondFactor } from './SecondFactor.tsx';

/** One's own account: who one is here, password, second factor, and where one is signed in. */
export default function AccountPage() {
  const t = useT();
  const { session } = useSession();
  if (!session) return null;
  const { user, organisation, permissions } = session;
  return (
    <Flex vertical gap={16} style={{ maxWidth: 880 }}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t('identity.account')}
      </Typography.Title>
      <Card>
        <KeyValue
          facts={[
            { key: 'name', label: t('identity.name'), value: user.name },
            { key: 'username', label: t('identity.username'), value: user.username },
            { key: 'organisation', label: t('identity.organisation'), value: organisation.name },
            {
              key: 'rights',
              label: t('identity.rights'),
              value: t('identity.rightsCount', { count: permissions.length }),
            },
          ]}
        />
        <details style={{ marginTop: 8 }}>
          <summary>{t('identity.showRights')}</summary>
          <Flex gap={4} wrap style={{ marginTop: 8 }}>
            {permissions.map((permission) => (
              <Tag key={permission}>{permission}</Tag>
            ))}
          </Flex>
        </details>
      </Card>
      <Card title={t('identity.changePassword')}>
        <OwnPassword />
      </Card>
      <Card title={t('identity.secondFactor')}>
        <SecondFactor />
      </Card>
      <Card title={t('identity.ownSessions')}>
        <OwnSessions />
      </Card>
    </Flex>
  );
}
