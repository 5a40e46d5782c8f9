import { useT } from '@keystead/ui/i18n';
import { Space, Tag, Typography } from 'antd';
import { type Line, stateColours } from './queries.ts';

/** The step a household stands at; while it signs, who is to sign. */
export function StateTag({ line }: { line: Pick<Line, 'state'> & { leaseState?: string | null | undefined } }) {
  const t = useT();
  return (
    <Space size={4}>
      <Tag color={stateColours[line.state]}>{t(`movein.states.${line.state}`)}</Tag>
      {line.state === 'contract' && line.leaseState ? (
        <Typography.Text type="secondary">{t(`movein.leaseStates.${line.leaseState}`)}</Typography.Text>
      ) : null}
    </Space>
  );
}
