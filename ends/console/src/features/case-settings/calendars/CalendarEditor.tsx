import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { useTexts } from '@keystead/ui/i18n';
import { Alert, Button, Drawer, Form, Input, Select, Space, Typography } from 'antd';
import { useRefusal } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import { type Calendar, type CalendarBody, useSaveCalendar } from '../queries.ts';
import { useSettingWords } from '../words.ts';

interface Filled extends CalendarBody {
  name: string;
}

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
const clockOrMidnight = /^(([01]\d|2[0-3]):[0-5]\d|24:00)$/;
const start: CalendarBody = {
  zone: 'Asia/Shanghai',
  hours: [{ weekdays: [1, 2, 3, 4, 5], from: '09:00', to: '18:00' }],
  holidays: [],
  workdays: [],
};

/** When people work. Running clocks count by it from the moment it is saved. */
export function CalendarEditor({ calendar, onClose }: { calendar: Calendar | undefined; onClose(): void }) {
  const { t } = useTexts();
  const words = useSettingWords();
  const [form] = Form.useForm<Filled>();
  const save = useSaveCalendar();
  const refuse = useRefusal();
  return (
    <Drawer
      open
      size={640}
      title={calendar ? words.calendar(calendar.name) : t('caseSettings.addCalendar')}
      onClose={onClose}
      extra={
        <Button type="primary" onClick={form.submit} loading={save.isPending}>
          {t('caseSettings.save')}
        </Button>
      }
    >
      {save.error ? <Alert type="error" showIcon title={said(save.error)} style={{ marginBottom: 12 }} /> : null}
      <Form<Filled>
        form={form}
        layout="vertical"
        initialValues={{ name: calendar?.name ?? '', ...(calendar?.definition ?? start) }}
        onFinish={({ name, ...body }) =>
          save.mutate({ name, body }, { onSuccess: onClose, onError: (cause) => refuse(form, cause) })
        }
      >
        <Form.Item
          name="name"
          label={t('caseSettings.calendarName')}
          extra={calendar ? null : t('caseSettings.calendarNameHint')}
          rules={[{ required: true, pattern: /^[a-z][a-z0-9-]{0,39}$/, message: t('caseSettings.calendarNameHint') }]}
        >
          <Input disabled={calendar !== undefined} maxLength={40} placeholder="night-shift" />
        </Form.Item>
        <Form.Item
          name="zone"
          label={t('caseSettings.zone')}
          rules={[{ required: true, message: t('caseSettings.needZone') }]}
        >
          <Input maxLength={64} />
        </Form.Item>
        <HourFields />
        <DateFields name="holidays" />
        <DateFields name="workdays" />
      </Form>
    </Drawer>
  );
}

function HourFields() {
  const { t } = useTexts();
  const days = [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: day, label: t(`caseSettings.weekdays.${day}`) }));
  const time = (pattern: RegExp) => [{ required: true, pattern, message: t('caseSettings.needClock') }];
  return (
    <Form.List
      name="hours"
      rules={[
        {
          validator: (_rule, list?: unknown[]) =>
            list?.length ? Promise.resolve() : Promise.reject(new Error(t('caseSettings.needHours'))),
        },
      ]}
    >
      {(entries, { add, remove }, { errors }) => (
        <div style={{ marginBottom: 24 }}>
          <Typography.Paragraph style={{ marginBottom: 8 }}>{t('caseSettings.hours')}</Typography.Paragraph>
          {entries.map(({ key, name }) => (
            <Space key={key} align="baseline" wrap>
              <Form.Item
                name={[name, 'weekdays']}
                rules={[{ required: true, message: t('caseSettings.needDays') }]}
                style={{ width: 260, marginBottom: 8 }}
              >
                <Select
                  mode="multiple"
                  aria-label={t('caseSettings.days')}
                  placeholder={t('caseSettings.days')}
                  options={days}
                />
              </Form.Item>
              <Form.Item name={[name, 'from']} rules={time(clock)} style={{ width: 90, marginBottom: 8 }}>
                <Input aria-label={t('caseSettings.from')} placeholder="09:00" maxLength={5} />
              </Form.Item>
              <Form.Item name={[name, 'to']} rules={time(clockOrMidnight)} style={{ width: 90, marginBottom: 8 }}>
                <Input aria-label={t('caseSettings.to')} placeholder="18:00" maxLength={5} />
              </Form.Item>
              <Button
                type="text"
                icon={<MinusCircleOutlined />}
                aria-label={t('caseSettings.remove')}
                onClick={() => remove(name)}
              />
            </Space>
          ))}
          <div>
            <Button size="small" icon={<PlusOutlined />} onClick={() => add(start.hours[0])}>
              {t('caseSettings.addHours')}
            </Button>
          </div>
          <Form.ErrorList errors={errors} />
          <Typography.Text type="secondary">{t('caseSettings.hoursHint')}</Typography.Text>
        </div>
      )}
    </Form.List>
  );
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/** Dates as one types or pastes them, in their order. */
function DateFields({ name }: { name: 'holidays' | 'workdays' }) {
  const { t } = useTexts();
  return (
    <Form.Item
      name={name}
      label={t(`caseSettings.dates.${name}`)}
      extra={t(`caseSettings.dateHints.${name}`)}
      normalize={(dates: string[]) => [...new Set(dates.map((each) => each.trim()))].sort()}
      rules={[
        {
          validator: (_rule, dates: string[]) =>
            dates.every((each) => day.test(each) && !Number.isNaN(Date.parse(each)))
              ? Promise.resolve()
              : Promise.reject(new Error(t('caseSettings.needDates'))),
        },
      ]}
    >
      <Select
        mode="tags"
        open={false}
        suffixIcon={null}
        tokenSeparators={[',', '，', ' ', ';', '；', '\n']}
        maxCount={2000}
        maxTagCount={24}
        placeholder="2026-10-01"
      />
    </Form.Item>
  );
}
