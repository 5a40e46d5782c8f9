import { AlertOutlined, ControlOutlined, SafetyOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import { AlarmBell } from './AlarmBell.tsx';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };

export const alarms = defineFeature({
  name: 'alarms',
  menu: [
    {
      group: 'work',
      path: '/alarms',
      label: 'alarms.menu',
      icon: <AlertOutlined />,
      permission: 'alarm:read',
      order: 1,
    },
    {
      group: 'work',
      path: '/duty',
      label: 'alarms.duty.menu',
      icon: <SafetyOutlined />,
      permission: 'alarm:read',
      order: 2,
    },
    {
      group: 'work',
      path: '/alarm-rules',
      label: 'alarms.rules.menu',
      icon: <ControlOutlined />,
      permission: 'alarm:read',
      order: 5,
    },
  ],
  routes: [
    { path: 'alarms', permission: 'alarm:read', load: () => import('./AlarmDeskPage.tsx') },
    { path: 'alarms/:id', permission: 'alarm:read', load: () => import('./AlarmPage.tsx') },
    { path: 'duty', permission: 'alarm:read', load: () => import('./DutyPage.tsx') },
    { path: 'alarm-rules', permission: 'alarm:read', load: () => import('./AlarmRulesPage.tsx') },
  ],
  bar: [{ name: 'alarm-bell', permission: 'alarm:read', Widget: AlarmBell }],
  texts: { 'zh-CN': zh, en },
});
