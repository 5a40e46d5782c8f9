import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';

export const recordingStates = ['kept', 'gaps', 'unreachable', 'unknown'] as const;
const colours: Readonly<Record<string, string>> = { kept: 'success', gaps: 'error', unreachable: 'warning' };

/** How the recordings of a camera stood when they were asked for last. */
export function RecordingTag({ state }: { state: string }) {
  const t = useT();
  return <Tag color={colours[state] ?? 'default'}>{t(`video.recordings.${state}`)}</Tag>;
}
