import { CheckCircleOutlined, ThunderboltOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Tag } from 'antd';

export function ConditionTag({ condition }: { condition: string }) {
  const t = useT();
  const active = condition === 'active';
  return (
    <Tag
      icon={active ? <ThunderboltOutlined /> : <CheckCircleOutlined />}
      color={active ? 'default' : 'success'}
      variant={active ? 'solid' : 'outlined'}
    >
      {t(`alarms.conditions.${condition}`)}
    </Tag>
  );
}

export function HandlingTag({ handling }: { handling: string }) {
  const t = useT();
  return (
    <Tag color={handling === 'new' ? 'processing' : handling === 'closed' ? 'default' : 'cyan'}>
      {t(`alarms.handlings.${handling}`)}
    </Tag>
  );
}
