import { dateTime } from '@keystead/ui/format';
import { DatePicker, Tag } from 'antd';
import dayjs from 'dayjs';

interface DayChoiceProps {
  /** `YYYY-MM-DD` at the site. */
  value: string | undefined;
  onChange(day: string | undefined): void;
  /** Words of the field, and of the tag that chooses today. */
  label: string;
  today: string;
}

/** A list by a day: any one, or today's at a touch. */
export function DayChoice({ value, onChange, label, today }: DayChoiceProps) {
  const now = dateTime(new Date()).slice(0, 10);
  return (
    <>
      <Tag.CheckableTag checked={value === now} onChange={(chosen) => onChange(chosen ? now : undefined)}>
        {today}
      </Tag.CheckableTag>
      <DatePicker
        value={value ? dayjs(value) : null}
        placeholder={label}
        aria-label={label}
        style={{ width: 160 }}
        onChange={(_, text) => onChange(typeof text === 'string' && text ? text : undefined)}
      />
    </>
  );
}

/** The day of an address, if it is one. */
export const dayOf = (text: string | undefined): string | undefined =>
  text && /^\d{4}-\d{2}-\d{2}$/.test(text) && dayjs(text).isValid() ? text : undefined;
