import { Flex, Tabs, Typography } from 'antd';
import type { ReactNode } from 'react';
import { useAddress } from './address.ts';

interface TabbedPageProps {
  title: string;
  /** The first is shown when the address names none. */
  tabs: readonly { key: string; label: ReactNode; children: ReactNode }[];
  /** What of the address does not outlive a change of tab. */
  forget?: readonly string[];
  /** Tabs that are left are not kept. */
  destroyOnHidden?: boolean;
}

/** A page of several tabs; the address says which. */
export function TabbedPage({ title, tabs, forget = [], destroyOnHidden = false }: TabbedPageProps) {
  const { get, put } = useAddress();
  const nothing = Object.fromEntries(forget.map((name) => [name, undefined]));
  return (
    <Flex vertical gap={8}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {title}
      </Typography.Title>
      <Tabs
        activeKey={get('tab') ?? tabs[0]?.key ?? ''}
        destroyOnHidden={destroyOnHidden}
        onChange={(tab) => put({ ...nothing, tab })}
        items={[...tabs]}
      />
    </Flex>
  );
}
