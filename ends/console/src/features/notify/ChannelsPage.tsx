import { PlusOutlined } from '@ant-design/icons';
import { type Translate, useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { App, Button, Dropdown, Flex, Space, Typography } from 'antd';
import { useState } from 'react';
import { EnabledSwitch, RemoveButton } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { ChannelEditor, type ChannelKind } from './ChannelEditor.tsx';
import { InnerTargets } from './InnerTargets.tsx';
import { type Channel, type ChannelBody, useChannels, useRemoveChannel, useSaveChannel } from './queries.ts';
import { TryChannel } from './TryChannel.tsx';

const kinds: ChannelKind[] = ['mail', 'sms', 'webhook'];

/** Settings in a line, never a secret. */
function summary({ settings }: Channel, t: Translate): string {
  const { url, host, port, from, provider } = settings as Record<string, unknown>;
  if (url) return String(url);
  if (host) return `${String(host)}:${String(port)}  ${String(from ?? '')}`;
  return t(provider === 'log' ? 'notify.providerLog' : 'notify.providerHttp');
}

/** The ways out of the platform. */
export default function ChannelsPage() {
  const t = useT();
  const { may } = useSession();
  const { message } = App.useApp();
  const channels = useChannels();
  const save = useSaveChannel();
  const remove = useRemoveChannel();
  const [edited, setEdited] = useState<{ kind: ChannelKind; channel?: Channel }>();
  const [tried, setTried] = useState<Channel>();
  const mayWrite = may('system:write');
  const rows = channels.data?.items;
  const taken = new Set(rows?.map(({ kind }) => kind));
  const failed = (cause: unknown) => void message.error(said(cause));

  const toggle = (channel: Channel, enabled: boolean) =>
    save.mutate(
      { channel, body: { kind: channel.kind, name: channel.name, settings: channel.settings, enabled } as ChannelBody },
      { onError: failed },
    );

  return (
    <Flex vertical gap={16}>
      <ListPage<Channel>
        title={t('notify.channels')}
        total={rows?.length}
        actions={
          mayWrite ? (
            <Dropdown
              menu={{
                items: kinds.map((kind) => ({
                  key: kind,
                  label: t(`notify.channel.${kind}`),
                  disabled: kind !== 'webhook' && taken.has(kind),
                })),
                onClick: ({ key }) => setEdited({ kind: key as ChannelKind }),
              }}
            >
              <Button type="primary" icon={<PlusOutlined />}>
                {t('notify.addChannel')}
              </Button>
            </Dropdown>
          ) : null
        }
        columns={[
          { title: t('notify.kind'), width: 120, render: (_, row) => t(`notify.channel.${row.kind}`) },
          { title: t('notify.channelName'), render: (_, row) => <Typography.Text strong>{row.name}</Typography.Text> },
          {
            title: t('notify.settings'),
            render: (_, row) => <Typography.Text code>{summary(row, t)}</Typography.Text>,
          },
          {
            title: t('notify.secret'),
            width: 110,
            render: (_, row) => t(row.secretSet ? 'notify.secretSet' : 'notify.secretNone'),
          },
          {
            title: t('notify.enabled'),
            width: 90,
            render: (_, row) => (
              <EnabledSwitch
                checked={row.enabled}
                disabled={!mayWrite}
                label={t('notify.enabledOf', { name: row.name })}
                onChange={(enabled) => toggle(row, enabled)}
              />
            ),
          },
          {
            title: '',
            width: 170,
            render: (_, row) =>
              mayWrite ? (
                <Space>
                  <Button
                    size="small"
                    onClick={(event) => {
                      event.stopPropagation();
                      setTried(row);
                    }}
                  >
                    {t('notify.trying.try')}
                  </Button>
                  <RemoveButton
                    text={t('notify.remove')}
                    sure={t('notify.removeChannelSure')}
                    onConfirm={() => remove.mutate(row.id, { onError: failed })}
                  />
                </Space>
              ) : null,
          },
        ]}
        rows={rows}
        rowKey={(row) => row.id}
        loading={channels.isPending}
        error={channels.error ? said(channels.error) : undefined}
        onReload={() => void channels.refetch()}
        onOpen={mayWrite ? (channel) => setEdited({ kind: channel.kind as ChannelKind, channel }) : undefined}
        empty={t('notify.emptyChannels')}
      />
      {mayWrite ? <InnerTargets /> : null}
      {tried ? <TryChannel channel={tried} onClose={() => setTried(undefined)} /> : null}
      {edited ? <ChannelEditor {...edited} onClose={() => setEdited(undefined)} /> : null}
    </Flex>
  );
}
