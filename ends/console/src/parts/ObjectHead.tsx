import { Flex, Space, Typography } from 'antd';
import type { ReactNode } from 'react';

interface ObjectHeadProps {
  title: ReactNode;
  code: string;
  /** Where it stands: tags, clocks. */
  state: ReactNode;
  /** What can be done with it. */
  children?: ReactNode;
}

/** Head of the page of one thing: its name, its number, where it stands, and what can be done. */
export function ObjectHead({ title, code, state, children }: ObjectHeadProps) {
  return (
    <Flex align="center" gap={12} wrap justify="space-between">
      <Flex align="center" gap={12} wrap>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {title}
        </Typography.Title>
        <Typography.Text code>{code}</Typography.Text>
        {state}
      </Flex>
      <Space wrap>{children}</Space>
    </Flex>
  );
}
