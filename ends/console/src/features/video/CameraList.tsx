import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { OnlineBadge, type OnlineState } from '@keystead/ui/online';
import { ListPage } from '@keystead/ui/table';
import { Input, Select } from 'antd';
import { useMemo } from 'react';
import { useNavigate } from 'react-router';
import { oneOf, PlaceChoice, PlaceName, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { type Camera, useCameras } from './queries.ts';
import { RecordingTag, recordingStates } from './RecordingTag.tsx';

const onlineStates = ['online', 'offline', 'unknown'] as const;

/** Every camera with how it, its recordings and its checklist stand. */
export function CameraList() {
  const t = useT();
  const navigate = useNavigate();
  const { get, put } = useAddress();
  const [online, recording] = [oneOf(onlineStates, get('online')), oneOf(recordingStates, get('recording'))];
  const [under, text] = [get('under'), get('text')];
  const list = useCameras({
    ...(under ? { under } : {}),
    ...(online ? { online } : {}),
    ...(recording ? { recording } : {}),
    ...(text ? { text } : {}),
  });
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items), [list.data]);
  const filtered = Boolean(under || online || recording || text);
  return (
    <ListPage<Camera>
      title={t('video.cameras')}
      query={
        <>
          <PlaceChoice by="path" value={under} onChange={(path) => put({ under: path })} />
          <Select
            allowClear
            placeholder={t('video.online')}
            aria-label={t('video.online')}
            style={{ width: 130 }}
            value={online}
            onChange={(chosen?: string) => put({ online: chosen })}
            options={onlineStates.map((each) => ({ value: each, label: t(`ui.online.${each}`) }))}
          />
          <Select
            allowClear
            placeholder={t('video.recording')}
            aria-label={t('video.recording')}
            style={{ width: 150 }}
            value={recording}
            onChange={(chosen?: string) => put({ recording: chosen })}
            options={recordingStates.map((each) => ({ value: each, label: t(`video.recordings.${each}`) }))}
          />
          <Input.Search
            allowClear
            placeholder={t('video.search')}
            aria-label={t('video.search')}
            style={{ width: 200 }}
            defaultValue={text ?? ''}
            onSearch={(typed) => put({ text: typed })}
          />
        </>
      }
      columns={[
        { title: t('video.name'), render: (_, row) => row.name },
        { title: t('video.code'), dataIndex: 'code' },
        { title: t('video.place'), render: (_, row) => <PlaceName id={row.placeId} path={row.place} /> },
        { title: t('video.online'), render: (_, row) => <OnlineBadge state={row.online as OnlineState} /> },
        { title: t('video.stream'), render: (_, row) => row.stream ?? t('video.notEntered') },
        { title: t('video.recording'), render: (_, row) => <RecordingTag state={row.recording} /> },
        { title: t('video.checkedAt'), render: (_, row) => dateTime(row.checkedAt ?? null) },
        { title: t('video.checklist'), align: 'right', render: (_, row) => `${row.settled} / ${row.lines}` },
      ]}
      rows={rows}
      rowKey={(row) => row.id}
      loading={list.isPending || list.isFetchingNextPage}
      error={list.error ? said(list.error) : undefined}
      onReload={() => void list.refetch()}
      onOpen={(row) => navigate(`/video/cameras/${row.id}`)}
      more={list.hasNextPage}
      onMore={() => void list.fetchNextPage()}
      empty={t(filtered ? 'video.emptyFiltered' : 'video.empty')}
    />
  );
}
