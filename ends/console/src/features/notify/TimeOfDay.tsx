import { TimePicker } from 'antd';
import dayjs from 'dayjs';

interface TimeOfDayProps {
  id?: string;
  label: string;
  /** `22:00`. */
  value?: string;
  onChange?(value: string | undefined): void;
}

/** A time of the day as `HH:mm`, the same whatever clock the browser prefers. */
export function TimeOfDay({ id, label, value, onChange }: TimeOfDayProps) {
  return (
    <TimePicker
      {...(id ? { id } : {})}
      format="HH:mm"
      minuteStep={5}
      needConfirm={false}
      aria-label={label}
      style={{ width: 100 }}
      value={value ? dayjs(`2000-01-01T${value}`) : null}
      onChange={(_, text) => onChange?.(typeof text === 'string' && text !== '' ? text : undefined)}
    />
  );
}
