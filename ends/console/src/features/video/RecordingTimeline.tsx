import { dateTime, fromSiteTime, siteDate } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Empty, Flex, Input, Skeleton, Table, theme } from 'antd';
import { useState } from 'react';
import { useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { PastView } from './PastView.tsx';
import { type Camera, type Recordings, useRecordings } from './queries.ts';

const dayMs = 86_400_000;

function Bar({ from, to, found }: { from: number; to: number; found: Recordings }) {
  const t = useT();
  const { token } = theme.useToken();
  const part = (each: { from: string; to: string }) => {
    const [left, right] = [Math.max(from, Date.parse(each.from)), Math.min(to, Date.parse(each.to))];
    return { x: ((left - from) / (to - from)) * 1000, width: Math.max(1, ((right - left) / (to - from)) * 1000) };
  };
  return (
    <svg
      viewBox="0 0 1000 28"
      preserveAspectRatio="none"
      width="100%"
      height={28}
      role="img"
      aria-label={t('video.timeline')}
    >
      <rect x={0} y={0} width={1000} height={28} fill={token.colorFillTertiary} />
      {found.spans.map((each) => (
        <rect key={each.from} {...part(each)} y={4} height={20} fill={token.colorPrimary} />
      ))}
      {found.gaps.map((each) => (
        <rect
          key={each.from}
          {...part(each)}
          y={0}
          height={28}
          fill="none"
          stroke={token.colorText}
          strokeDasharray="4 3"
        >
          <title>{t('video.gap', { from: dateTime(each.from), to: dateTime(each.to) })}</title>
        </rect>
      ))}
    </svg>
  );
}

/** The recordings of one day: what is there, what is missing, and each file to look at. */
export function RecordingTimeline({ camera }: { camera: Camera }) {
  const t = useT();
  const { get, put } = useAddress();
  const [today] = useState(() => siteDate());
  const day = get('day') ?? today;
  // An address people typed may hold anything: then today is shown.
  const from = (fromSiteTime(`${day}T00:00`) ?? new Date(Math.floor(Date.now() / dayMs) * dayMs)).getTime();
  const found = useRecordings(camera.id, new Date(from).toISOString(), new Date(from + dayMs).toISOString());
  const [playing, setPlaying] = useState<string>();
  if (camera.stream === undefined) return <Empty description={t('video.enterFirst')} />;
  return (
    <Flex vertical gap={12}>
      <Input
        type="date"
        aria-label={t('video.day')}
        style={{ width: 180 }}
        value={day}
        max={today}
        onChange={({ target }) => put({ day: target.value })}
      />
      <PastView key={day} camera={camera} day={day} />
      {found.error ? <Alert type="error" showIcon title={said(found.error)} /> : null}
      {found.isPending ? <Skeleton active /> : null}
      {found.data ? (
        <>
          <Bar from={from} to={from + dayMs} found={found.data} />
          {playing ? (
            <video
              src={playing}
              muted
              controls
              autoPlay
              playsInline
              aria-label={camera.name}
              style={{ maxWidth: 960, background: '#000' }}
            />
          ) : null}
          <Table<Recordings['spans'][number]>
            size="small"
            rowKey="from"
            dataSource={found.data.spans}
            pagination={{ pageSize: 24, hideOnSinglePage: true }}
            locale={{ emptyText: <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t('video.noRecordings')} /> }}
            columns={[
              { title: t('video.from'), render: (_, row) => dateTime(row.from) },
              { title: t('video.to'), render: (_, row) => dateTime(row.to) },
              {
                title: '',
                render: (_, row) => (
                  <Button type="link" size="small" onClick={() => setPlaying(row.url)}>
                    {t('video.play')}
                  </Button>
                ),
              },
            ]}
          />
        </>
      ) : null}
    </Flex>
  );
}
