import { useT } from '@keystead/ui/i18n';
import { Space, Tag, Typography } from 'antd';
import type { Line } from './queries.ts';

const colours: Record<Line['state'], string> = {
  allocated: 'processing',
  contract: 'purple',
  'checked-in': 'success',
  cancelled: 'default',
};

/** The step a household stands at; while it signs, who is to sign. */
export function StateTag({ line }: { line: Pick<Line, 'state'> & { leaseState?: string | null | undefined } }) {
  const t = useT();
  return (
    <Space size={4}>
      <Tag color={colours[line.state]}>{t(`movein.states.${line.state}`)}</Tag>
      {line.state === 'contract' && line.leaseState ? (
        <Typography.Text type="secondary">{t(`movein.leaseStates.${line.leaseState}`)}</Typography.Text>
      ) : null}
    </Space>
  );
}
