import { dateTime, fromSiteTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { DatePicker, Flex, Segmented } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { isSpan, type RangeText, rangeOf, rangeText, spans } from './range.ts';

/** The one time picker: spans that end now, or two instants in the site's zone. */
export function TimeRange({ value, onChange }: { value: RangeText; onChange(value: RangeText): void }) {
  const t = useT();
  const [choosing, setChoosing] = useState(false);
  const custom = choosing || !isSpan(value);
  const { from, to } = rangeOf(value, new Date());
  // The picker works on wall-clock times; both ends are those of the site, wherever the reader sits.
  const wall = (at: Date) => dayjs(dateTime(at));
  return (
    <Flex gap={8} wrap align="center">
      <Segmented
        value={custom ? 'custom' : value}
        options={[...Object.keys(spans), 'custom'].map((name) => ({ value: name, label: t(`ui.time.${name}`) }))}
        onChange={(name) => {
          setChoosing(name === 'custom');
          if (name !== 'custom') onChange(name);
        }}
      />
      {custom ? (
        <DatePicker.RangePicker
          showTime={{ format: 'HH:mm' }}
          format="YYYY-MM-DD HH:mm"
          allowClear={false}
          value={[wall(from), wall(to)]}
          aria-label={t('ui.time.custom')}
          onChange={(_, [start, end]) => {
            const [a, b] = [fromSiteTime(start), fromSiteTime(end)];
            if (a && b && a < b) onChange(rangeText({ from: a, to: b }));
          }}
        />
      ) : null}
    </Flex>
  );
}
