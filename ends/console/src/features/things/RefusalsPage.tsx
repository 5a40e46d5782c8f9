import { ReloadOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Button, Card, Flex, Typography } from 'antd';
import { sdk } from '../../shell/sdk.ts';
import { useOf } from './queries.ts';
import { RefusalTable } from './RefusalTable.tsx';

/** What devices and strangers sent and was not taken. */
export default function RefusalsPage() {
  const t = useT();
  const list = useOf('', 'refusals', () => sdk.things.refusals({ query: { limit: 500 } }));
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center">
        <Typography.Title level={4} style={{ margin: 0 }}>
          {t('things.refusalsTitle')}
        </Typography.Title>
        <Button icon={<ReloadOutlined />} aria-label={t('things.reload')} onClick={() => void list.refetch()} />
      </Flex>
      <Card styles={{ body: { padding: 12 } }}>
        <Typography.Paragraph type="secondary">{t('things.refusalsMeans')}</Typography.Paragraph>
        <RefusalTable senders rows={list.data} loading={list.isPending} error={list.error} />
      </Card>
    </Flex>
  );
}
