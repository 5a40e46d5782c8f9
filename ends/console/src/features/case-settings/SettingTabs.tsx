import { useT } from '@keystead/ui/i18n';
import { Tabs } from 'antd';
import { useLocation, useNavigate } from 'react-router';

const pages = ['case-rules', 'case-levels', 'case-calendars', 'case-workers'] as const;

/** What an organisation decides about its cases; each has an address of its own. */
export function SettingTabs() {
  const t = useT();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  return (
    <Tabs
      activeKey={pathname.slice(1)}
      onChange={(page) => void navigate(`/${page}`)}
      items={pages.map((page) => ({ key: page, label: t(`caseSettings.pages.${page}`) }))}
      tabBarStyle={{ marginBottom: 12 }}
    />
  );
}
