import { useT } from '@keystead/ui/i18n';
import { Alert, Checkbox, Flex, Form, Input, InputNumber, Modal, Select, Switch } from 'antd';
import { useState } from 'react';
import { useRefusal } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { type Channel, type ChannelBody, useSaveChannel } from './queries.ts';
import { ReceiptAddress, SmsFields } from './SmsFields.tsx';

export type ChannelKind = ChannelBody['kind'];

interface Filled {
  name: string;
  enabled: boolean;
  settings: Record<string, unknown>;
  secret?: string;
  forget?: boolean;
}

const usual: Record<ChannelKind, Record<string, unknown>> = {
  mail: { port: 465, security: 'tls' },
  sms: { provider: 'log' },
  webhook: {},
};

/** A secret that is left empty stays; one that is to be forgotten is `null`. */
function bodyOf(kind: ChannelKind, { name, enabled, settings, secret, forget }: Filled): ChannelBody {
  const given = Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== '' && value !== undefined));
  return {
    kind,
    name,
    enabled,
    settings: kind === 'sms' && given.provider === 'log' ? { provider: 'log' } : given,
    ...(forget ? { secret: null } : secret ? { secret } : {}),
  } as ChannelBody;
}

function SettingFields({ kind, provider }: { kind: ChannelKind; provider: unknown }) {
  const t = useT();
  if (kind === 'sms') return <SmsFields carried={provider === 'http'} />;
  if (kind === 'webhook') {
    return (
      <Form.Item
        name={['settings', 'url']}
        label={t('notify.url')}
        extra={t('notify.urlHint')}
        rules={[
          { required: true, message: t('notify.needUrl') },
          { type: 'url', message: t('notify.badUrl') },
        ]}
      >
        <Input maxLength={1000} placeholder="https://example.org/hook" />
      </Form.Item>
    );
  }
  return (
    <>
      <Flex gap={12}>
        <Form.Item
          name={['settings', 'host']}
          label={t('notify.host')}
          style={{ flex: 1 }}
          rules={[{ required: true, message: t('notify.needHost') }]}
        >
          <Input maxLength={253} placeholder="smtp.example.org" />
        </Form.Item>
        <Form.Item
          name={['settings', 'port']}
          label={t('notify.port')}
          rules={[{ required: true, message: t('notify.needPort') }]}
        >
          <InputNumber min={1} max={65_535} precision={0} />
        </Form.Item>
        <Form.Item name={['settings', 'security']} label={t('notify.security')}>
          <Select
            style={{ width: 150 }}
            options={['tls', 'starttls', 'none'].map((each) => ({
              value: each,
              label: t(`notify.securities.${each}`),
            }))}
          />
        </Form.Item>
      </Flex>
      <Form.Item
        name={['settings', 'from']}
        label={t('notify.from')}
        rules={[{ required: true, message: t('notify.needFrom') }]}
      >
        <Input maxLength={200} placeholder="keystead@example.org" />
      </Form.Item>
      <Form.Item name={['settings', 'user']} label={t('notify.user')}>
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
    </>
  );
}

/** Settings of one channel. The secret can be written and never read. */
export function ChannelEditor({ kind, channel, onClose }: { kind: ChannelKind; channel?: Channel; onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<Filled>();
  const save = useSaveChannel();
  const refuse = useRefusal();
  const [problem, setProblem] = useState<string>();
  const forget = Form.useWatch('forget', form);
  const provider = Form.useWatch(['settings', 'provider'], form) ?? channel?.settings.provider;
  const sealed = kind !== 'sms' || provider === 'http';

  async function submit(filled: Filled) {
    setProblem(undefined);
    try {
      await save.mutateAsync({ body: bodyOf(kind, filled), ...(channel ? { channel } : {}) });
      onClose();
    } catch (cause) {
      setProblem(said(cause));
      refuse(form, cause);
    }
  }

  return (
    <Modal
      open
      width={600}
      title={t('notify.channelOf', { kind: t(`notify.channel.${kind}`) })}
      okText={t('notify.save')}
      cancelText={t('notify.cancel')}
      confirmLoading={save.isPending}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form<Filled>
        form={form}
        layout="vertical"
        initialValues={{
          name: channel?.name ?? t(`notify.channel.${kind}`),
          enabled: channel?.enabled ?? true,
          settings: { ...usual[kind], ...channel?.settings },
        }}
        onFinish={(filled) => void submit(filled)}
      >
        <Flex gap={16}>
          <Form.Item
            name="name"
            label={t('notify.channelName')}
            style={{ flex: 1 }}
            rules={[{ required: true, whitespace: true, message: t('notify.needName') }]}
          >
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="enabled" label={t('notify.enabled')} valuePropName="checked">
            <Switch />
          </Form.Item>
        </Flex>
        <SettingFields kind={kind} provider={provider} />
        {sealed ? (
          <Form.Item
            name="secret"
            label={t(kind === 'mail' ? 'notify.password' : 'notify.signingKey')}
            extra={t(channel?.secretSet ? 'notify.secretStays' : 'notify.secretNever')}
          >
            <Input.Password
              maxLength={500}
              autoComplete="new-password"
              disabled={forget === true}
              visibilityToggle={false}
            />
          </Form.Item>
        ) : null}
        {kind === 'sms' && provider === 'http' ? <ReceiptAddress channel={channel?.id} /> : null}
        {channel?.secretSet ? (
          <Form.Item name="forget" valuePropName="checked">
            <Checkbox>{t('notify.secretForget')}</Checkbox>
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}
