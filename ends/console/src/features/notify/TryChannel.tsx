import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Form, Input, Modal, Typography } from 'antd';
import { useState } from 'react';
import { useRefusal } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { type Channel, type Tried, useTryChannel } from './queries.ts';

/** What became of the test text, and what to do when it did not go. */
function Outcome({ tried }: { tried: Tried }) {
  const t = useT();
  if (tried.ok)
    return tried.kept ? (
      <Alert type="info" showIcon title={t('notify.trying.kept')} />
    ) : (
      <Alert type="success" showIcon title={t('notify.trying.went', { to: tried.sentTo })} />
    );
  return (
    <Alert
      type="error"
      showIcon
      title={t('notify.trying.failed')}
      description={
        <>
          <div>{t(`notify.trying.why.${tried.obstacle ?? 'other'}`)}</div>
          {tried.error ? <Typography.Text code>{tried.error}</Typography.Text> : null}
        </>
      }
    />
  );
}

/** Sends one test text by a channel as it is saved. */
export function TryChannel({ channel, onClose }: { channel: Channel; onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<{ to?: string }>();
  const attempt = useTryChannel();
  const refuse = useRefusal();
  const [problem, setProblem] = useState<string>();
  const [tried, setTried] = useState<Tried>();
  const { kind } = channel;

  async function send({ to }: { to?: string }) {
    setProblem(undefined);
    setTried(undefined);
    try {
      setTried(await attempt.mutateAsync({ id: channel.id, ...(to ? { to: to.trim() } : {}) }));
    } catch (cause) {
      setProblem(said(cause));
      refuse(form, cause);
    }
  }

  return (
    <Modal
      open
      title={t('notify.trying.title', { name: channel.name })}
      onCancel={onClose}
      footer={
        <Flex gap={8} justify="end">
          <Button onClick={onClose}>{t('notify.trying.close')}</Button>
          <Button type="primary" loading={attempt.isPending} onClick={form.submit}>
            {t('notify.trying.send')}
          </Button>
        </Flex>
      }
    >
      <Flex vertical gap={12}>
        <Typography.Text type="secondary">{t('notify.trying.hint')}</Typography.Text>
        {problem ? <Alert type="error" showIcon title={problem} /> : null}
        <Form form={form} layout="vertical" onFinish={(filled: { to?: string }) => void send(filled)}>
          {kind === 'sms' ? (
            <Form.Item
              name="to"
              label={t('notify.trying.phone')}
              rules={[
                { required: true, message: t('notify.trying.needPhone') },
                { pattern: /^\s*\+?[0-9]{6,20}\s*$/, message: t('notify.trying.badPhone') },
              ]}
            >
              <Input maxLength={21} inputMode="tel" placeholder="13800001234" autoComplete="off" />
            </Form.Item>
          ) : kind === 'mail' ? (
            <Form.Item
              name="to"
              label={t('notify.trying.mail')}
              rules={[
                { required: true, message: t('notify.trying.needMail') },
                { type: 'email', message: t('notify.trying.badMail') },
              ]}
            >
              <Input maxLength={200} autoComplete="off" />
            </Form.Item>
          ) : null}
        </Form>
        {tried ? <Outcome tried={tried} /> : null}
      </Flex>
    </Modal>
  );
}
