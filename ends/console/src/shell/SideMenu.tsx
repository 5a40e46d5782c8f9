import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Button, Drawer, Flex, Layout, Menu, Typography } from 'antd';
import { useEffect, useMemo, useRef, useState } from 'react';
import { Link, useLocation } from 'react-router';
import { features } from '../features/index.ts';
import { menuItems, openKeyOf } from './menu.tsx';
import { useSession } from './session.tsx';

const kept = 'keystead.menu';

function Mark({ small = false }: { small?: boolean }) {
  const t = useT();
  return (
    <Link to="/" aria-label={t('shell.home')}>
      <Flex align="center" gap={10} style={{ height: 56, paddingInline: 20, flex: 'none' }}>
        <img src="/mark.svg" alt="" width={28} height={28} />
        {small ? null : (
          <Typography.Text strong style={{ fontSize: 17, whiteSpace: 'nowrap' }}>
            {t('shell.product')}
          </Typography.Text>
        )}
      </Flex>
    </Link>
  );
}

function Entries({ onChoose }: { onChoose?: () => void }) {
  const t = useT();
  const { may } = useSession();
  const { pathname } = useLocation();
  const open = openKeyOf(features, pathname);
  const items = useMemo(() => menuItems(features, may, t, open), [may, t, open]);
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (open !== undefined)
      box.current?.querySelector('[aria-current="page"]')?.closest('li')?.scrollIntoView({ block: 'nearest' });
  }, [open]);
  return (
    <div ref={box}>
      <Menu
        mode="inline"
        items={items}
        selectedKeys={open === undefined ? [] : [open]}
        {...(onChoose ? { onClick: onChoose } : {})}
        style={{ borderInlineEnd: 0 }}
      />
    </div>
  );
}

/** The menu by wing at the left edge; it scrolls by itself when it is taller than the window. */
export function SideMenu() {
  const t = useT();
  const [collapsed, setCollapsed] = useState(localStorage.getItem(kept) === 'small');
  const collapse = (small: boolean) => {
    setCollapsed(small);
    localStorage.setItem(kept, small ? 'small' : 'wide');
  };
  return (
    <Layout.Sider
      width={216}
      collapsible
      collapsed={collapsed}
      trigger={null}
      theme="light"
      style={{
        position: 'sticky',
        top: 0,
        height: '100vh',
        borderInlineEnd: '1px solid var(--ks-color-border-secondary)',
      }}
    >
      <Flex vertical style={{ height: '100vh' }}>
        <Mark small={collapsed} />
        <nav style={{ flex: 1, minHeight: 0, overflowY: 'auto', overflowX: 'hidden' }}>
          <Entries />
        </nav>
        <Button
          type="text"
          block
          icon={collapsed ? <RightOutlined /> : <LeftOutlined />}
          aria-label={t(collapsed ? 'shell.widen' : 'shell.narrow')}
          aria-expanded={!collapsed}
          onClick={() => collapse(!collapsed)}
          style={{ height: 44, flex: 'none', borderRadius: 0 }}
        />
      </Flex>
    </Layout.Sider>
  );
}

/** The same menu on a narrow window: out of the way until it is called. */
export function MenuDrawer({ open, onClose }: { open: boolean; onClose(): void }) {
  return (
    <Drawer
      open={open}
      onClose={onClose}
      placement="left"
      size={260}
      title={<Mark />}
      styles={{ header: { padding: 0 }, body: { padding: 0 } }}
    >
      <nav>
        <Entries onChoose={onClose} />
      </nav>
    </Drawer>
  );
}
