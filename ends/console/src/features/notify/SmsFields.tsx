import { useT } from '@keystead/ui/i18n';
import { Alert, Flex, Form, Input, Select, Typography } from 'antd';

/** Who carries text messages: nobody (they are kept to be looked at), or a carrier over HTTP. */
export function SmsFields({ carried }: { carried: boolean }) {
  const t = useT();
  return (
    <>
      <Form.Item
        name={['settings', 'provider']}
        label={t('notify.provider')}
        extra={t(carried ? 'notify.providerHttpHint' : 'notify.providerHint')}
      >
        <Select
          options={[
            { value: 'log', label: t('notify.providerLog') },
            { value: 'http', label: t('notify.providerHttp') },
          ]}
        />
      </Form.Item>
      {carried ? (
        <>
          <Form.Item
            name={['settings', 'url']}
            label={t('notify.smsUrl')}
            extra={t('notify.smsUrlHint')}
            rules={[
              { required: true, message: t('notify.needUrl') },
              { type: 'url', message: t('notify.badUrl') },
            ]}
          >
            <Input maxLength={500} placeholder="https://sms.example.org/send" />
          </Form.Item>
          <Flex gap={12}>
            <Form.Item
              name={['settings', 'sign']}
              label={t('notify.smsSign')}
              extra={t('notify.smsSignHint')}
              style={{ flex: 1 }}
            >
              <Input maxLength={20} />
            </Form.Item>
            <Form.Item
              name={['settings', 'template']}
              label={t('notify.smsTemplate')}
              extra={t('notify.smsTemplateHint')}
              style={{ flex: 1 }}
            >
              <Input maxLength={60} />
            </Form.Item>
          </Flex>
        </>
      ) : null}
    </>
  );
}

/** Where the carrier tells whether a text message arrived; there is no address before the channel is saved. */
export function ReceiptAddress({ channel }: { channel: string | undefined }) {
  const t = useT();
  return (
    <Alert
      type="info"
      style={{ marginBottom: 16 }}
      title={t('notify.receipts')}
      description={
        channel ? (
          <>
            <Typography.Text code copyable>{`${location.origin}/api/v1/notify-receipts/${channel}`}</Typography.Text>
            <div>{t('notify.receiptsHint')}</div>
          </>
        ) : (
          t('notify.receiptsLater')
        )
      }
    />
  );
}
