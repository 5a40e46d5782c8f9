import { CheckCircleOutlined, CloseCircleOutlined, StopOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';
import type { Line } from './queries.ts';

const looks = {
  done: { color: 'default', icon: <CheckCircleOutlined /> },
  refused: { color: 'warning', icon: <StopOutlined /> },
  failed: { color: 'error', icon: <CloseCircleOutlined /> },
};

export function OutcomeTag({ outcome }: { outcome: Line['outcome'] }) {
  const t = useT();
  return <Tag {...looks[outcome]}>{t(`journal.outcomes.${outcome}`)}</Tag>;
}
