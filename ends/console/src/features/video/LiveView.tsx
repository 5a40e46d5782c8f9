import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Empty, Flex } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { PointingPad } from './PointingPad.tsx';
import { type Camera, useLive } from './queries.ts';

/** The live picture, from when somebody asks for it; each time is in the journal. */
export function LiveView({ camera }: { camera: Camera }) {
  const t = useT();
  const { may } = useSession();
  const [wanted, setWanted] = useState(false);
  const [broken, setBroken] = useState(false);
  const live = useLive(camera.id, wanted);
  if (camera.stream === undefined) return <Empty description={t('video.enterFirst')} />;
  const again = () => {
    setBroken(false);
    setWanted(true);
    if (wanted) void live.refetch();
  };
  return (
    <Flex vertical gap={12} align="start">
      {live.error ? <Alert type="error" showIcon title={said(live.error)} /> : null}
      {broken ? <Alert type="warning" showIcon title={t('video.notPlaying')} /> : null}
      {live.data && !broken ? (
        <video
          key={live.data.url}
          src={live.data.url}
          controls
          autoPlay
          muted
          playsInline
          aria-label={camera.name}
          style={{ width: '100%', maxWidth: 960, background: '#000', aspectRatio: '16 / 9' }}
          onError={() => setBroken(true)}
        />
      ) : null}
      {live.data && !broken ? null : (
        <Button type="primary" loading={live.isFetching} onClick={again}>
          {t('video.watch')}
        </Button>
      )}
      <span>{t('video.watchHint')}</span>
      {camera.recorder !== undefined && camera.channel !== undefined && may('command:send') ? (
        <PointingPad at={{ id: camera.recorder, channel: camera.channel }} />
      ) : null}
    </Flex>
  );
}
