import { useT } from '@keystead/ui/i18n';
import { App, Select } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { type Channel, useAssignChannel, useCameras } from './queries.ts';

/** Says which camera a channel of a recorder shows. */
export function ChannelCamera({ recorder, channel }: { recorder: string; channel: Channel }) {
  const t = useT();
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const assign = useAssignChannel();
  const cameras = useCameras(text ? { text } : {});
  const found = cameras.data?.pages.flatMap(({ items }) => items) ?? [];
  const options = found.map(({ id, name, code }) => ({ value: id, label: `${name} · ${code}` }));
  const own = channel.camera ?? undefined;
  if (own !== undefined && !options.some(({ value }) => value === own))
    options.unshift({ value: own, label: channel.cameraName ?? own });
  return (
    <Select
      allowClear
      size="small"
      style={{ minWidth: 220 }}
      aria-label={t('video.cameraOf', { channel: channel.name })}
      placeholder={t('video.noCamera')}
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={assign.isPending}
      value={own}
      options={options}
      onChange={(camera?: string) =>
        assign.mutate(
          { recorder, channel: channel.id, camera: camera ?? null },
          { onError: (cause) => void message.error(said(cause)) },
        )
      }
    />
  );
}
