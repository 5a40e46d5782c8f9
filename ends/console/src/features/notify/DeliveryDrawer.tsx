import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Button, Drawer, Flex, Tag, Typography } from 'antd';
import { AboutLink } from '../../parts/index.ts';
import type { Delivery } from './queries.ts';

const colours: Record<string, string> = {
  queued: 'processing',
  sent: 'success',
  failed: 'error',
  suppressed: 'default',
};

export function DeliveryStateTag({ state }: { state: string }) {
  const { t } = useTexts();
  return <Tag color={colours[state] ?? 'default'}>{t(`notify.deliveryState.${state}`)}</Tag>;
}

interface DeliveryDrawerProps {
  delivery: Delivery | undefined;
  onClose(): void;
  onResend(id: string): void;
}

/** One delivery: the words, and everything that became of them. */
export function DeliveryDrawer({ delivery, onClose, onResend }: DeliveryDrawerProps) {
  const { t, has } = useTexts();
  return (
    <Drawer
      open={delivery !== undefined}
      size={560}
      title={t('notify.delivery')}
      onClose={onClose}
      extra={
        delivery ? (
          <Button size="small" onClick={() => onResend(delivery.id)}>
            {t('notify.resend')}
          </Button>
        ) : null
      }
    >
      {delivery ? (
        <Flex vertical gap={16}>
          <div>
            <Typography.Title level={5}>{delivery.title}</Typography.Title>
            <Typography.Paragraph style={{ whiteSpace: 'pre-line' }}>{delivery.body}</Typography.Paragraph>
          </div>
          <KeyValue
            columns={1}
            facts={[
              { key: 'state', label: t('notify.state'), value: <DeliveryStateTag state={delivery.state} /> },
              {
                key: 'reason',
                label: t('notify.reason'),
                value: delivery.mergedInto
                  ? t('notify.merged')
                  : delivery.reason && has(`notify.reasons.${delivery.reason}`)
                    ? t(`notify.reasons.${delivery.reason}`)
                    : delivery.reason,
              },
              { key: 'error', label: t('notify.error'), value: delivery.error },
              { key: 'severity', label: t('notify.severity'), value: <SeverityMark severity={delivery.severity} /> },
              { key: 'trigger', label: t('notify.about'), value: t(`notify.trigger.${delivery.trigger}`) },
              {
                key: 'subject',
                label: t('notify.subject'),
                value: (
                  <AboutLink
                    kind={delivery.aboutKind}
                    id={delivery.aboutId}
                    words={`${delivery.aboutKind}:${delivery.aboutId}`}
                  />
                ),
              },
              { key: 'receiver', label: t('notify.receiver'), value: delivery.receiverName },
              { key: 'channel', label: t('notify.way'), value: t(`notify.channel.${delivery.channel}`) },
              { key: 'sentTo', label: t('notify.address'), value: delivery.sentTo },
              { key: 'attempts', label: t('notify.attempts'), value: delivery.attempts },
              { key: 'made', label: t('notify.at'), value: dateTime(delivery.createdAt) },
              { key: 'next', label: t('notify.nextAt'), value: dateTime(delivery.nextAt) },
              { key: 'sent', label: t('notify.sentAt'), value: dateTime(delivery.sentAt) },
            ]}
          />
        </Flex>
      ) : null}
    </Drawer>
  );
}
