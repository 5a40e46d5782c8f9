import { ApiOutlined, FormOutlined, MailOutlined, NotificationOutlined, SendOutlined } from '@ant-design/icons';
import { defineFeature } from '../../shell/feature.ts';
import en from './i18n/en.json' with { type: 'json' };
import zh from './i18n/zh-CN.json' with { type: 'json' };
import { MessageBell } from './MessageBell.tsx';

export const notify = defineFeature({
  name: 'notify',
  menu: [
    {
      group: 'work',
      path: '/messages',
      label: 'notify.messages',
      icon: <MailOutlined />,
      permission: 'notify:read',
      order: 3,
    },
    {
      group: 'work',
      path: '/notify-rules',
      label: 'notify.rules',
      icon: <NotificationOutlined />,
      permission: 'notify:write',
      order: 6,
    },
    {
      group: 'work',
      path: '/deliveries',
      label: 'notify.deliveries',
      icon: <SendOutlined />,
      permission: 'notify:write',
      order: 7,
    },
    {
      group: 'system',
      path: '/notify-channels',
      label: 'notify.channels',
      icon: <ApiOutlined />,
      permission: 'notify:write',
      order: 6,
    },
    {
      group: 'system',
      path: '/notify-texts',
      label: 'notify.texts.menu',
      icon: <FormOutlined />,
      permission: 'notify:write',
      order: 7,
    },
  ],
  routes: [
    { path: 'notify-texts', permission: 'notify:write', load: () => import('./texts/TextsPage.tsx') },
    { path: 'messages', permission: 'notify:read', load: () => import('./MessagesPage.tsx') },
    { path: 'notify-rules', permission: 'notify:write', load: () => import('./RulesPage.tsx') },
    { path: 'notify-channels', permission: 'notify:write', load: () => import('./ChannelsPage.tsx') },
    { path: 'deliveries', permission: 'notify:write', load: () => import('./DeliveriesPage.tsx') },
  ],
  bar: [{ name: 'messages', permission: 'notify:read', Widget: MessageBell }],
  texts: { 'zh-CN': zh, en },
});
