import { BellOutlined, SoundOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { severityColours, useAppearance } from '@keystead/ui/theme';
import { Badge, Button, Tooltip } from 'antd';
import { useRef, useState } from 'react';
import { Link } from 'react-router';
import { useLive } from '../../shell/live.ts';
import type { AlarmNews } from './desk.ts';
import { useAlarmCounts } from './queries.ts';

/** Two short tones, higher for the most severe; made here so that nothing has to be fetched while it matters. */
function ring(context: AudioContext, severity: number): void {
  const pitch = severity === 1 ? 1040 : severity === 2 ? 780 : 560;
  for (const offset of [0, 0.22]) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    tone.frequency.value = pitch;
    volume.gain.value = 0.12;
    tone.connect(volume).connect(context.destination);
    tone.start(context.currentTime + offset);
    tone.stop(context.currentTime + offset + 0.15);
  }
}

/** Open alarms at a glance, coloured by the most severe; rings for new ones once sound is switched on. */
export function AlarmBell() {
  const t = useT();
  const { appearance } = useAppearance();
  const { data } = useAlarmCounts();
  const [sound, setSound] = useState(false);
  const audio = useRef<AudioContext | null>(null);
  useLive<AlarmNews>('alarm.changed', (alarm) => {
    if (
      audio.current &&
      !alarm.suppressed &&
      !alarm.group?.member &&
      (alarm.change === 'raised' || alarm.change === 'reactivated')
    )
      setTimeout(ring, 0, audio.current, alarm.severity); // seen first, heard right after
  });
  const open = data?.standing ?? {};
  const worst = ([1, 2, 3, 4] as const).find((severity) => (open[severity] ?? 0) > 0);
  const total = Object.values(open).reduce((sum, count) => sum + count, 0);
  const toggle = () => {
    if (sound) void audio.current?.close();
    audio.current = sound ? null : new AudioContext();
    setSound(!sound);
  };
  return (
    <>
      <Tooltip title={t(sound ? 'alarms.soundOff' : 'alarms.soundOn')}>
        <Button
          type="text"
          icon={<SoundOutlined />}
          onClick={toggle}
          aria-pressed={sound}
          aria-label={t(sound ? 'alarms.soundOff' : 'alarms.soundOn')}
          style={{ opacity: sound ? 1 : 0.45 }}
        />
      </Tooltip>
      <Link to="/alarms" aria-label={t('alarms.bell', { count: total })}>
        <Badge
          count={total}
          size="small"
          overflowCount={999}
          color={worst ? severityColours[appearance][worst] : '#64748b'}
          offset={[0, 4]}
        >
          <Button type="text" icon={<BellOutlined />} tabIndex={-1} />
        </Badge>
      </Link>
    </>
  );
}
