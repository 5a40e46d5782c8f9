import { DownOutlined, RightOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Button, Tag } from 'antd';
import type { Alarm } from './alarm.ts';

interface GroupMarkProps {
  alarm: Alarm;
  unfolded: boolean;
  fold(alarm: Alarm): void;
  open(id: string): void;
}

/** What an alarm is in its incident: how many it stands for and why, or which one stands for it. */
export function GroupMark({ alarm, unfolded, fold, open }: GroupMarkProps) {
  const t = useT();
  const { group, members = 0 } = alarm;
  if (!group) return null;
  if (group.role !== 'lead') {
    return (
      <Button
        type="link"
        size="small"
        onClick={(event) => {
          event.stopPropagation();
          open(group.lead);
        }}
      >
        {t(`alarms.group.${group.role}`)}
      </Button>
    );
  }
  if (members === 0) return null;
  return (
    <span className="alarms-group">
      <Button
        type="text"
        size="small"
        icon={unfolded ? <DownOutlined /> : <RightOutlined />}
        aria-expanded={unfolded}
        aria-label={t(unfolded ? 'alarms.group.fold' : 'alarms.group.unfold', { count: members })}
        onClick={(event) => {
          event.stopPropagation();
          fold(alarm);
        }}
      >
        {`+${members}`}
      </Button>
      <Tag title={t(`alarms.group.why.${group.kind}`)}>{t(`alarms.group.kinds.${group.kind}`)}</Tag>
    </span>
  );
}
