import { ReloadOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Button, Card, Flex, Result, Space, Typography } from 'antd';
import type { ReactNode } from 'react';

export interface ListFrameProps {
  /** Left out where the list is a part of a page that has one. */
  title?: ReactNode;
  /** Filters, from left to right. */
  query?: ReactNode;
  /** Main actions, right of the title. */
  actions?: ReactNode;
  total?: number;
  /** What went wrong, already in the reader's words; shown in place of the rows. */
  error?: string;
  onReload?(): void;
  footer?: ReactNode;
  children: ReactNode;
}

/** What stands around the rows of every list: title and count, actions, filters, what went wrong. */
export function ListFrame(props: ListFrameProps) {
  const t = useT();
  const { onReload } = props;
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center" wrap gap={8}>
        {props.title ? (
          <Typography.Title level={4} style={{ margin: 0 }}>
            {props.title}
            {props.total === undefined ? null : (
              <Typography.Text
                type="secondary"
                style={{ marginInlineStart: 8, fontSize: 14, fontVariantNumeric: 'tabular-nums' }}
              >
                {props.total.toLocaleString('en-US')}
              </Typography.Text>
            )}
          </Typography.Title>
        ) : (
          <span />
        )}
        <Space wrap>
          {props.actions}
          {onReload ? <Button icon={<ReloadOutlined />} onClick={onReload} aria-label={t('ui.reload')} /> : null}
        </Space>
      </Flex>
      <Card styles={{ body: { padding: 12 } }}>
        {props.query ? (
          <Flex wrap gap={8} align="center" style={{ marginBottom: 12 }}>
            {props.query}
          </Flex>
        ) : null}
        {props.error ? (
          <Result
            status="warning"
            title={props.error}
            extra={onReload ? <Button onClick={onReload}>{t('ui.retry')}</Button> : null}
          />
        ) : (
          props.children
        )}
        {props.footer}
      </Card>
    </Flex>
  );
}
