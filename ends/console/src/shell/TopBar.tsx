import {
  BulbOutlined,
  GlobalOutlined,
  IdcardOutlined,
  LogoutOutlined,
  MenuOutlined,
  UserOutlined,
} from '@ant-design/icons';
import { useTexts } from '@keystead/ui/i18n';
import { useAppearance } from '@keystead/ui/theme';
import { Button, Dropdown, Flex, Layout, type MenuProps, Typography } from 'antd';
import { Link } from 'react-router';
import { features } from '../features/index.ts';
import { useSession } from './session.tsx';

const widgets = features.flatMap((feature) => feature.bar ?? []);

interface TopBarProps {
  /** On a phone: what is not looked at all day moves into the person's menu. */
  narrow: boolean;
  onMenu(): void;
}

/** Search and bell come from their features; language, appearance and the person are the frame's own. */
export function TopBar({ narrow, onMenu }: TopBarProps) {
  const { t, language, choose } = useTexts();
  const { appearance, choose: chooseAppearance } = useAppearance();
  const { session, signOut, may } = useSession();
  const otherLanguage = () => choose(language === 'en' ? 'zh-CN' : 'en');
  const otherAppearance = () => chooseAppearance(appearance === 'dark' ? 'light' : 'dark');
  const choices: MenuProps['items'] = [
    { key: 'language', icon: <GlobalOutlined />, label: t('shell.otherLanguage'), onClick: otherLanguage },
    { key: 'appearance', icon: <BulbOutlined />, label: t('shell.appearance'), onClick: otherAppearance },
    { type: 'divider' },
  ];
  return (
    <Layout.Header
      style={{
        position: 'sticky',
        top: 0,
        zIndex: 10,
        paddingInline: narrow ? 4 : 16,
        borderBottom: '1px solid var(--ks-color-border-secondary)',
      }}
    >
      <Flex align="center" justify="space-between" style={{ height: '100%' }}>
        {narrow ? (
          <Button type="text" icon={<MenuOutlined />} aria-label={t('shell.openMenu')} onClick={onMenu} />
        ) : (
          <Typography.Text type="secondary" ellipsis>
            {session?.organisation.name}
          </Typography.Text>
        )}
        <Flex align="center" gap={narrow ? 0 : 4} style={{ flex: 'none' }}>
          {widgets
            .filter((each) => may(each.permission))
            .map(({ name, Widget }) => (
              <Widget key={name} />
            ))}
          {narrow ? null : (
            <>
              <Button type="text" icon={<GlobalOutlined />} onClick={otherLanguage} aria-label={t('shell.language')}>
                {t('shell.otherLanguage')}
              </Button>
              <Button
                type="text"
                icon={<BulbOutlined />}
                onClick={otherAppearance}
                aria-label={t('shell.appearance')}
              />
            </>
          )}
          <Dropdown
            trigger={narrow ? ['click'] : ['hover', 'click']}
            menu={{
              items: [
                ...(narrow ? choices : []),
                {
                  key: 'account',
                  icon: <IdcardOutlined />,
                  label: <Link to="/account">{t('shell.account')}</Link>,
                },
                { key: 'out', icon: <LogoutOutlined />, label: t('shell.signOut'), onClick: () => void signOut() },
              ],
            }}
          >
            <Button type="text" icon={<UserOutlined />} aria-label={session?.user.name}>
              {narrow ? null : session?.user.name}
            </Button>
          </Dropdown>
        </Flex>
      </Flex>
    </Layout.Header>
  );
}
