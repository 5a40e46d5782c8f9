import { useT } from '@keystead/ui/i18n';
import { InputNumber, Select, Space } from 'antd';
import { type Span, spanUnits } from './span.ts';

interface SpanFieldProps {
  id?: string;
  label: string;
  least?: number;
  units?: readonly Span['unit'][];
  value?: Span;
  onChange?(value: Span): void;
}

/** A number and its unit of time, as one form field. */
export function SpanField({ id, label, least = 1, units = spanUnits, value, onChange }: SpanFieldProps) {
  const t = useT();
  const now = value ?? { count: least, unit: 'hours' };
  return (
    <Space.Compact>
      <InputNumber
        {...(id ? { id } : {})}
        aria-label={label}
        min={least}
        max={9999}
        precision={0}
        value={now.count}
        onChange={(count) => onChange?.({ ...now, count: count ?? least })}
        style={{ width: 100 }}
      />
      <Select
        aria-label={t('caseSettings.unit')}
        value={now.unit}
        onChange={(unit) => onChange?.({ ...now, unit })}
        options={units.map((unit) => ({ value: unit, label: t(`caseSettings.units.${unit}`) }))}
        style={{ width: 112 }}
      />
    </Space.Compact>
  );
}
