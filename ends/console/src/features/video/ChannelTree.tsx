import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { OnlineBadge, type OnlineState } from '@keystead/ui/online';
import { Alert, App, Button, Empty, Flex, Select, Skeleton, Tag, Tree } from 'antd';
import { Link } from 'react-router';
import { useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Branch, branchesOf } from './branches.ts';
import { ChannelCamera } from './ChannelCamera.tsx';
import { type Channel, useAskChannels, useChannels, useRecorders } from './queries.ts';

function ChannelWord({ recorder, channel }: { recorder: string; channel: Channel }) {
  const t = useT();
  const { may } = useSession();
  return (
    <Flex gap={8} align="center" wrap>
      <span>{channel.name}</span>
      <Tag color={channel.on ? 'success' : 'default'}>{t(channel.on ? 'video.on' : 'video.off')}</Tag>
      {may('video:manage') ? <ChannelCamera recorder={recorder} channel={channel} /> : null}
      {channel.camera ? (
        <Link to={`/video/cameras/${channel.camera}`}>{channel.cameraName}</Link>
      ) : may('video:manage') ? null : (
        <span>{t('video.noCamera')}</span>
      )}
    </Flex>
  );
}

/** Channels of one recorder, as it told them, below one another as it said. */
export function ChannelTree() {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const { get, put } = useAddress();
  const recorders = useRecorders();
  const chosen = recorders.data?.find(({ id }) => id === get('recorder')) ?? recorders.data?.[0];
  const channels = useChannels(chosen?.id);
  const ask = useAskChannels();
  const error = recorders.error ?? channels.error;
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (recorders.data === undefined) return <Skeleton active />;
  if (!chosen) return <Empty description={t('video.noRecorder')} />;
  const node = ({ item, below }: Branch): object => ({
    key: item.id,
    title: <ChannelWord recorder={chosen.id} channel={item} />,
    children: below.map(node),
  });
  const seen = channels.data
    ?.map(({ seenAt }) => seenAt)
    .sort()
    .at(-1);
  return (
    <Flex vertical gap={16}>
      <Flex gap={12} align="center" wrap>
        <Select
          aria-label={t('video.recorder')}
          style={{ minWidth: 240 }}
          value={chosen.id}
          onChange={(recorder: string) => put({ recorder })}
          options={recorders.data.map(({ id, name, code }) => ({ value: id, label: `${name} · ${code}` }))}
        />
        <OnlineBadge state={chosen.online as OnlineState} />
        <span>{t('video.seenAt', { time: dateTime(seen ?? null) })}</span>
        {may('video:manage') ? (
          <Button
            loading={ask.isPending}
            onClick={() =>
              ask.mutate(chosen.id, {
                onSuccess: () => void message.success(t('video.asked')),
                onError: (cause) => void message.error(said(cause)),
              })
            }
          >
            {t('video.askChannels')}
          </Button>
        ) : null}
      </Flex>
      {channels.data?.length ? (
        <Tree defaultExpandAll selectable={false} treeData={branchesOf(channels.data).map(node) as never} />
      ) : (
        <Empty description={t('video.noChannels')} />
      )}
    </Flex>
  );
}
