import { fromSiteTime } from '@keystead/ui/format';
import { DatePicker } from 'antd';

interface SiteTimeFieldProps {
  id?: string;
  /** A day only: `YYYY-MM-DD`. */
  day?: boolean;
  onChange?(value: string | undefined): void;
}

/** A form field for a moment, typed in the time of the site and given as an instant; or for a day. */
export function SiteTimeField({ id, day = false, onChange }: SiteTimeFieldProps) {
  const give = (text: string | readonly string[] | null) => {
    const typed = typeof text === 'string' ? text : '';
    onChange?.(day ? typed || undefined : fromSiteTime(typed)?.toISOString());
  };
  return (
    <DatePicker
      {...(id ? { id } : {})}
      format={day ? 'YYYY-MM-DD' : 'YYYY-MM-DD HH:mm:ss'}
      {...(day ? {} : { showTime: true })}
      style={{ width: 220 }}
      // Enter takes what was typed; it is not the end of the form.
      onKeyDown={(event) => event.key === 'Enter' && event.preventDefault()}
      onChange={(_, text) => give(text)}
    />
  );
}
