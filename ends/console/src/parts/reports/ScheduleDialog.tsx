import { useT } from '@keystead/ui/i18n';
import type { QueryKey } from '@tanstack/react-query';
import { Checkbox, Form, InputNumber, Select, Space } from 'antd';
import { FormDialog } from '../FormDialog.tsx';
import { PersonChoice } from '../PersonChoice.tsx';

export interface ScheduleWish {
  day: number;
  hour: number;
  formats: string[];
  receivers: string[];
}

interface ScheduleDialogProps {
  title: string;
  offered: readonly string[];
  initial: ScheduleWish;
  stale: QueryKey;
  run(wish: ScheduleWish): Promise<unknown>;
  onClose(): void;
}

const hours = Array.from({ length: 24 }, (_, hour) => ({ value: hour, label: `${String(hour).padStart(2, '0')}:00` }));

/** Day, hour, files and receivers of a report that is made by itself. */
export function ScheduleDialog({ title, offered, initial, stale, run, onClose }: ScheduleDialogProps) {
  const t = useT();
  const { day, hour, formats, receivers } = initial;
  return (
    <FormDialog<ScheduleWish>
      title={title}
      width={600}
      okText={t('parts.schedule.save')}
      initial={{ day, hour, formats, receivers }}
      stale={[stale]}
      run={run}
      onClose={onClose}
    >
      <Space size={16}>
        <Form.Item name="day" label={t('parts.schedule.day')} rules={[{ required: true }]}>
          <InputNumber min={1} max={28} precision={0} />
        </Form.Item>
        <Form.Item name="hour" label={t('parts.schedule.hour')} rules={[{ required: true }]}>
          <Select options={hours} style={{ width: 110 }} />
        </Form.Item>
      </Space>
      <Form.Item name="receivers" label={t('parts.schedule.receivers')} extra={t('parts.schedule.receiversHint')}>
        <PersonChoice multiple style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="formats" label={t('parts.schedule.files')} extra={t('parts.schedule.filesHint')}>
        <Checkbox.Group options={offered.map((value) => ({ value, label: t(`parts.schedule.forms.${value}`) }))} />
      </Form.Item>
    </FormDialog>
  );
}
