import { dateTime, fromSiteTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Input, Select, Typography } from 'antd';
import { useEffect, useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { Asked } from './Asked.tsx';
import { type Camera, useAsked, useEndPlayback, usePlayback, usePlayRecorded } from './queries.ts';

const minuteMs = 60_000;
const lengths = [5, 10, 30, 60];

interface Shown {
  url: string;
  /** Seconds into the file at which it begins. */
  offset: number;
  from: string;
  to: string;
}

/** A past time: from the files of the media server, or from what the recorder kept itself. */
export function PastView({ camera, day }: { camera: Camera; day: string }) {
  const t = useT();
  const { may } = useSession();
  const [clock, setClock] = useState('08:00:00');
  const [minutes, setMinutes] = useState(10);
  const [shown, setShown] = useState<Shown>();
  const [command, setCommand] = useState<string>();
  const playback = usePlayback(camera.id);
  const { recorder, channel } = camera;
  const recorded = usePlayRecorded();
  const begun = useAsked(command).data;
  const isThere = begun?.state === 'acknowledged' || begun?.state === 'verified';
  const stream = (begun?.reply as { stream?: string } | null | undefined)?.stream;
  const start = fromSiteTime(`${day}T${clock}`);
  const range = start && {
    from: start.toISOString(),
    to: new Date(start.getTime() + minutes * minuteMs).toISOString(),
  };
  const fromFiles = () => {
    setCommand(undefined);
    setShown(undefined);
    if (range) playback.mutate(range, { onSuccess: ({ pieces: [first] }) => setShown(first) });
  };
  const fromRecorder = () => {
    setShown(undefined);
    if (!range || recorder === undefined || channel === undefined) return;
    const at = { id: recorder, channel };
    recorded.mutate(
      { at, range },
      {
        onSuccess: ({ command, url }) => {
          setCommand(command);
          setShown({ url, offset: 0, ...range });
        },
      },
    );
  };
  const leave = () => {
    setShown(undefined);
    setCommand(undefined);
  };
  // A recorder sends until it is told that nobody looks any more.
  const { mutate: hangUp } = useEndPlayback();
  useEffect(
    () => () => {
      if (recorder !== undefined && stream !== undefined) hangUp({ recorder, stream });
    },
    [recorder, stream, hangUp],
  );
  const failed = playback.error ?? recorded.error;
  const playable = shown !== undefined && (command === undefined || isThere);
  return (
    <Flex vertical gap={12}>
      <Flex gap={8} wrap align="center">
        <Typography.Text>{t('video.past')}</Typography.Text>
        <Input
          type="time"
          step={1}
          value={clock}
          aria-label={t('video.pastTime')}
          style={{ width: 140 }}
          onChange={({ target }) => setClock(target.value)}
        />
        <Select
          value={minutes}
          aria-label={t('video.pastLength')}
          style={{ width: 120 }}
          options={lengths.map((value) => ({ value, label: t('video.minutes', { count: value }) }))}
          onChange={setMinutes}
        />
        <Button type="primary" disabled={!range} loading={playback.isPending} onClick={fromFiles}>
          {t('video.playPast')}
        </Button>
        {recorder !== undefined && may('command:send') ? (
          <Button disabled={!range} loading={recorded.isPending} onClick={fromRecorder}>
            {t('video.playRecorder')}
          </Button>
        ) : null}
        {command === undefined ? null : <Asked command={command} />}
        {shown ? <Button onClick={leave}>{t('video.leave')}</Button> : null}
      </Flex>
      {failed ? <Alert type="warning" showIcon title={said(failed)} /> : null}
      {playable ? (
        <>
          <video
            key={shown.url}
            src={shown.offset > 0 ? `${shown.url}#t=${shown.offset}` : shown.url}
            muted
            controls
            autoPlay
            playsInline
            aria-label={camera.name}
            style={{ width: '100%', maxWidth: 960, background: '#000', aspectRatio: '16 / 9' }}
          />
          <Typography.Text type="secondary">
            {t('video.pastShown', { from: dateTime(shown.from), to: dateTime(shown.to) })}
          </Typography.Text>
        </>
      ) : null}
    </Flex>
  );
}
