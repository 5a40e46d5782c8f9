import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Form, Input, Select, Switch, Table, Tag, Typography } from 'antd';
import { useState } from 'react';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type ChannelKind, channelFields, channelKinds, filledSettings } from './channel-fields.ts';
import { FormDialog } from './FormDialog.tsx';
import { type Channel, useChannels } from './queries.ts';

interface Filled {
  kind: ChannelKind;
  name: string;
  enabled: boolean;
  settings: Record<string, string | undefined>;
  secret?: string;
  privateKey?: string;
}

/** One channel's settings. Secrets are written and never read: left empty, the one there is stays. */
function ChannelForm({ channel, onClose }: { channel: Channel | undefined; onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<Filled>();
  const kind = Form.useWatch('kind', form) ?? channel?.kind ?? 'wechat';
  const required = [{ required: true, whitespace: true }];
  const run = ({ settings, secret, privateKey, ...rest }: Filled) => {
    const body = {
      ...rest,
      settings: filledSettings(settings),
      ...(secret?.trim() ? { secret: secret.trim() } : {}),
      ...(privateKey?.trim() ? { privateKey: privateKey.trim() } : {}),
    };
    return channel
      ? sdk.payments.changeChannel({ params: { id: channel.id }, body })
      : sdk.payments.addChannel({ body });
  };
  return (
    <FormDialog<Filled>
      title={channel?.name ?? t('rent.addChannel')}
      form={form}
      width={640}
      initial={channel ?? { kind: 'wechat', enabled: true, settings: {} }}
      run={run}
      onClose={onClose}
    >
      <Form.Item name="kind" label={t('rent.channel')}>
        <Select
          disabled={channel !== undefined}
          options={channelKinds.map((value) => ({ value, label: t(`rent.channels.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="name" label={t('rent.channelName')} rules={required}>
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="enabled" label={t('rent.enabled')} valuePropName="checked">
        <Switch />
      </Form.Item>
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', columnGap: 16 }}>
        {channelFields[kind].map((field) => (
          <Form.Item
            key={`${kind} ${field}`}
            name={['settings', field]}
            label={t(`rent.channelFields.${field}`)}
            {...(field === 'publicKey' ? { style: { gridColumn: '1 / -1' } } : {})}
          >
            {field === 'publicKey' ? <Input.TextArea rows={3} maxLength={4000} /> : <Input maxLength={500} />}
          </Form.Item>
        ))}
      </div>
      {kind === 'wechat' ? (
        <Form.Item
          name="secret"
          label={t('rent.secret')}
          extra={t(channel?.sealed ? 'rent.secretStays' : 'rent.secretMissing')}
        >
          <Input.Password maxLength={4000} autoComplete="new-password" />
        </Form.Item>
      ) : null}
      <Form.Item
        name="privateKey"
        label={t('rent.privateKey')}
        extra={t(channel?.outgoing ? 'rent.secretStays' : 'rent.privateKeyHint')}
      >
        <Input.TextArea rows={3} maxLength={4000} autoComplete="off" />
      </Form.Item>
    </FormDialog>
  );
}

/** Channels money comes in by: their settings, and whether they can only tell or also be asked. */
export function Channels() {
  const t = useT();
  const { may } = useSession();
  const { data, error, isPending } = useChannels();
  const [edited, setEdited] = useState<Channel | 'new'>();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  return (
    <Flex vertical gap={12}>
      {may('payment:manage') ? (
        <Button type="primary" style={{ alignSelf: 'flex-start' }} onClick={() => setEdited('new')}>
          {t('rent.addChannel')}
        </Button>
      ) : null}
      <Table<Channel>
        size="small"
        pagination={false}
        loading={isPending}
        dataSource={data}
        rowKey={(row) => row.id}
        locale={{ emptyText: t('rent.noChannel') }}
        columns={[
          { title: t('rent.channel'), width: 120, render: (_, row) => t(`rent.channels.${row.kind}`) },
          { title: t('rent.channelName'), render: (_, row) => row.name },
          {
            title: t('rent.state'),
            width: 90,
            render: (_, row) => (
              <Tag color={row.enabled ? 'success' : 'default'}>{t(row.enabled ? 'rent.on' : 'rent.off')}</Tag>
            ),
          },
          {
            title: t('rent.callbackAddress'),
            render: (_, row) =>
              row.settings.publicUrl ? (
                <Typography.Text
                  copyable
                  code
                >{`${row.settings.publicUrl}/api/v1/payments/channels/${row.id}/callback`}</Typography.Text>
              ) : (
                <Typography.Text type="secondary">{t('rent.noPublicUrl')}</Typography.Text>
              ),
          },
          {
            title: t('rent.outgoing'),
            width: 130,
            render: (_, row) => t(row.outgoing ? 'rent.canAsk' : 'rent.tellsOnly'),
          },
          {
            title: '',
            width: 90,
            render: (_, row) =>
              may('payment:manage') ? (
                <Button size="small" onClick={() => setEdited(row)}>
                  {t('rent.edit')}
                </Button>
              ) : null,
          },
        ]}
      />
      <Typography.Text type="secondary">{t('rent.otherChannels')}</Typography.Text>
      {edited ? (
        <ChannelForm channel={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      ) : null}
    </Flex>
  );
}
