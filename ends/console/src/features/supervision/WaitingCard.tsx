import { useT, useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Button, Card, Flex, Typography } from 'antd';
import { memo } from 'react';
import { Ago } from '../../parts/index.ts';
import { headline } from './shown.ts';
import type { Warning } from './terminal-queries.ts';

interface Props {
  warning: Warning;
  isBusy: boolean;
  onReceive: (alarm: string) => void;
}

/** One warning that waits for its receipt, to be read across the room. Drawn anew only when it changes: they come by the dozen. */
export const WaitingCard = memo(function WaitingCard({ warning, isBusy, onReceive }: Props) {
  const t = useT();
  const own = useTexts().language === 'en' ? 'en' : 'zh';
  return (
    <Card size="small" data-waiting={warning.alarm}>
      <Flex gap={16} align="center" wrap>
        <SeverityMark severity={warning.severity} />
        <Flex vertical style={{ marginRight: 'auto' }}>
          <Typography.Text strong style={{ fontSize: 20 }}>
            {headline(warning.title[own], warning.subject)}
          </Typography.Text>
          <Typography.Text type="secondary">
            <Ago at={warning.pushedAt} />
          </Typography.Text>
        </Flex>
        <Button type="primary" size="large" loading={isBusy} onClick={() => onReceive(warning.alarm)}>
          {t('supervision.terminal.receive')}
        </Button>
      </Flex>
    </Card>
  );
});
