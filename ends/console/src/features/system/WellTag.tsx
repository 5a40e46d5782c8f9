import { CheckCircleOutlined, QuestionCircleOutlined, WarningOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';

const looks = {
  well: { color: 'success', icon: <CheckCircleOutlined /> },
  troubled: { color: 'error', icon: <WarningOutlined /> },
  stale: { color: 'warning', icon: <QuestionCircleOutlined /> },
};

/** Well, in trouble, or not looked at for a while. */
export function WellTag({ state }: { state: keyof typeof looks }) {
  const t = useT();
  return <Tag {...looks[state]}>{t(`system.state.${state}`)}</Tag>;
}
