import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  CloseCircleOutlined,
  PauseCircleOutlined,
  WarningOutlined,
} from '@ant-design/icons';
import { dateTime, duration } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { theme } from 'antd';
import type { ClockStanding } from './clock.ts';

const icons = {
  late: <WarningOutlined />,
  soon: <ClockCircleOutlined />,
  fine: <ClockCircleOutlined />,
  kept: <CheckCircleOutlined />,
  broken: <CloseCircleOutlined />,
  paused: <PauseCircleOutlined />,
};

/** Whole minutes, as long as there are any: what is read at a glance need not tick. */
const rounded = (seconds: number): number => (seconds < 60 ? seconds : seconds - (seconds % 60));

/** How much time is left, as word, sign and colour; the deadline itself is in the tip. */
export function ClockMark({
  standing,
  due,
  name,
}: {
  standing: ClockStanding;
  due?: string | undefined;
  name?: string;
}) {
  const { t, language } = useTexts();
  const { token } = theme.useToken();
  if (standing.need === 'none') return '—';
  const colour = {
    late: token.colorErrorText,
    broken: token.colorErrorText,
    soon: token.colorWarningText,
    fine: token.colorText,
    kept: token.colorSuccessText,
    paused: token.colorTextSecondary,
  }[standing.need];
  const words = t(
    `cases.clock.${standing.need}`,
    'seconds' in standing ? { time: duration(rounded(standing.seconds), language) } : {},
  );
  const urgent = standing.need === 'late' || standing.need === 'soon' || standing.need === 'broken';
  return (
    <span
      title={due ? t('cases.dueAt', { time: dateTime(due) }) : undefined}
      style={{
        color: colour,
        whiteSpace: 'nowrap',
        fontWeight: urgent ? 600 : 400,
        fontVariantNumeric: 'tabular-nums',
      }}
    >
      {icons[standing.need]} {name ? `${name} ` : ''}
      {words}
    </span>
  );
}
