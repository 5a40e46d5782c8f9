import { BulbOutlined, GlobalOutlined, IdcardOutlined, LogoutOutlined, UserOutlined } from '@ant-design/icons';
import { useTexts } from '@keystead/ui/i18n';
import { useAppearance } from '@keystead/ui/theme';
import { Button, Dropdown, Flex, Layout, Typography } from 'antd';
import { Link } from 'react-router';
import { features } from '../features/index.ts';
import { useSession } from './session.tsx';

const widgets = features.flatMap((feature) => feature.bar ?? []);

/** Search and bell come from their features; language, appearance and the person are the frame's own. */
export function TopBar() {
  const { t, language, choose } = useTexts();
  const { appearance, choose: chooseAppearance } = useAppearance();
  const { session, signOut, may } = useSession();
  return (
    <Layout.Header
      style={{ position: 'sticky', top: 0, zIndex: 10, borderBottom: '1px solid var(--ks-color-border-secondary)' }}
    >
      <Flex align="center" justify="space-between" style={{ height: '100%' }}>
        <Typography.Text type="secondary">{session?.organisation.name}</Typography.Text>
        <Flex align="center" gap={4}>
          {widgets
            .filter((each) => may(each.permission))
            .map(({ name, Widget }) => (
              <Widget key={name} />
            ))}
          <Button
            type="text"
            icon={<GlobalOutlined />}
            onClick={() => choose(language === 'en' ? 'zh-CN' : 'en')}
            aria-label={t('shell.language')}
          >
            {t('shell.otherLanguage')}
          </Button>
          <Button
            type="text"
            icon={<BulbOutlined />}
            onClick={() => chooseAppearance(appearance === 'dark' ? 'light' : 'dark')}
            aria-label={t('shell.appearance')}
          />
          <Dropdown
            menu={{
              items: [
                {
                  key: 'account',
                  icon: <IdcardOutlined />,
                  label: <Link to="/account">{t('shell.account')}</Link>,
                },
                { key: 'out', icon: <LogoutOutlined />, label: t('shell.signOut'), onClick: () => void signOut() },
              ],
            }}
          >
            <Button type="text" icon={<UserOutlined />}>
              {session?.user.name}
            </Button>
          </Dropdown>
        </Flex>
      </Flex>
    </Layout.Header>
  );
}
