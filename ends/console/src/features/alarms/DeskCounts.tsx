import { SeverityMark } from '@keystead/ui/severity';
import { Space, Typography } from 'antd';
import { useAlarmCounts } from './queries.ts';

/** Open alarms of each severity: what stands to be handled, or all of them. */
export function DeskCounts({ gathered }: { gathered: boolean }) {
  const { data } = useAlarmCounts();
  return (
    <Space size={16} wrap>
      {[1, 2, 3, 4].map((severity) => (
        <span key={severity} style={{ whiteSpace: 'nowrap' }}>
          <SeverityMark severity={severity} />{' '}
          <Typography.Text strong>{(gathered ? data?.standing : data?.open)?.[severity] ?? '—'}</Typography.Text>
        </span>
      ))}
    </Space>
  );
}
