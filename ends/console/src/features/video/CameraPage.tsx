import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { OnlineBadge, type OnlineState } from '@keystead/ui/online';
import { Alert, Button, Card, Descriptions, Flex, Skeleton, Tabs, Typography } from 'antd';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { PlaceName, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { Algorithms } from './Algorithms.tsx';
import { Checklist } from './Checklist.tsx';
import { EntryDialog } from './EntryDialog.tsx';
import { LiveView } from './LiveView.tsx';
import { NightLightDialog } from './NightLightDialog.tsx';
import { type Camera, useCamera, useStream } from './queries.ts';
import { RecordingTag } from './RecordingTag.tsx';
import { RecordingTimeline } from './RecordingTimeline.tsx';

function Facts({ camera }: { camera: Camera }) {
  const t = useT();
  const stream = useStream(camera.id, camera.stream !== undefined);
  const state = stream.data;
  return (
    <Descriptions
      size="small"
      column={{ xs: 1, md: 3 }}
      items={[
        { key: 'online', label: t('video.online'), children: <OnlineBadge state={camera.online as OnlineState} /> },
        { key: 'place', label: t('video.place'), children: <PlaceName id={camera.placeId} path={camera.place} /> },
        { key: 'stream', label: t('video.stream'), children: camera.stream ?? t('video.notEntered') },
        {
          key: 'live',
          label: t('video.sends'),
          children: stream.error
            ? said(stream.error)
            : state
              ? t(state.live ? 'video.sending' : 'video.notSending', { viewers: state.viewers })
              : '—',
        },
        { key: 'recording', label: t('video.recording'), children: <RecordingTag state={camera.recording} /> },
        { key: 'checked', label: t('video.checkedAt'), children: dateTime(camera.checkedAt ?? null) },
        { key: 'perimeter', label: t('video.perimeter'), children: t(camera.perimeter ? 'video.yes' : 'video.no') },
        { key: 'upward', label: t('video.upward'), children: camera.upward ?? t('video.notUpward') },
      ]}
    />
  );
}

/** One camera: what it shows, what of it is kept, what is missing at its site. */
export default function CameraPage() {
  const t = useT();
  const { id = '' } = useParams();
  const { may } = useSession();
  const { get, put } = useAddress();
  const { data: camera, error } = useCamera(id);
  const [entering, setEntering] = useState(false);
  const [lighting, setLighting] = useState(false);
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!camera) return <Skeleton active />;
  const watching = may('video:watch');
  return (
    <Flex vertical gap={16}>
      <Flex align="baseline" gap={12} wrap>
        <Typography.Title level={4} style={{ margin: 0 }}>
          {camera.name}
        </Typography.Title>
        <Link to={`/things/${camera.id}`}>{camera.code}</Link>
        {may('video:manage') ? <Button onClick={() => setEntering(true)}>{t('video.enter')}</Button> : null}
        {may('command:rule') ? <Button onClick={() => setLighting(true)}>{t('video.nightLight')}</Button> : null}
      </Flex>
      <Card size="small">
        <Facts camera={camera} />
      </Card>
      <Tabs
        activeKey={get('tab') ?? (watching ? 'live' : 'checklist')}
        destroyOnHidden
        onChange={(tab) => put({ tab })}
        items={[
          ...(watching
            ? [
                { key: 'live', label: t('video.live'), children: <LiveView camera={camera} /> },
                { key: 'recordings', label: t('video.recording'), children: <RecordingTimeline camera={camera} /> },
              ]
            : []),
          { key: 'checklist', label: t('video.checklist'), children: <Checklist camera={camera} /> },
          { key: 'algorithms', label: t('video.algorithms'), children: <Algorithms camera={camera} /> },
        ]}
      />
      {entering ? <EntryDialog camera={camera} onClose={() => setEntering(false)} /> : null}
      {lighting ? <NightLightDialog camera={camera} onClose={() => setLighting(false)} /> : null}
    </Flex>
  );
}
