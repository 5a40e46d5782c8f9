import { useT } from '@keystead/ui/i18n';
import { Alert, Form, Modal, Select } from 'antd';
import { useRefusal } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import { type Level, useCalendars, useSaveLevel } from '../queries.ts';
import { SpanField } from '../SpanField.tsx';
import { type Span, secondsOf, workingSpanOf } from '../span.ts';
import { useSettingWords } from '../words.ts';

interface Filled {
  response: Span;
  resolution: Span;
  calendar: string;
}

const workingUnits = ['minutes', 'hours'] as const;

/** What is promised for one kind and priority; cases that are open already keep their promise. */
export function LevelEditor({ level, onClose }: { level: Level; onClose(): void }) {
  const t = useT();
  const words = useSettingWords();
  const calendars = useCalendars();
  const [form] = Form.useForm<Filled>();
  const save = useSaveLevel();
  const refuse = useRefusal();
  return (
    <Modal
      open
      title={t('caseSettings.levelOf', { kind: words.kind(level.kind), priority: level.priority })}
      okText={t('caseSettings.save')}
      cancelText={t('caseSettings.cancel')}
      confirmLoading={save.isPending}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {save.error ? <Alert type="error" showIcon title={said(save.error)} style={{ marginBottom: 12 }} /> : null}
      <Form<Filled>
        form={form}
        layout="vertical"
        initialValues={{
          response: workingSpanOf(level.response),
          resolution: workingSpanOf(level.resolution),
          calendar: level.calendar,
        }}
        onFinish={({ response, resolution, calendar }) =>
          save.mutate(
            { level, body: { response: secondsOf(response), resolution: secondsOf(resolution), calendar } },
            { onSuccess: onClose, onError: (cause) => refuse(form, cause) },
          )
        }
      >
        <Form.Item name="response" label={t('caseSettings.response')} extra={t('caseSettings.responseHint')}>
          <SpanField label={t('caseSettings.response')} units={workingUnits} />
        </Form.Item>
        <Form.Item
          name="resolution"
          label={t('caseSettings.resolution')}
          dependencies={['response']}
          rules={[
            ({ getFieldValue }) => ({
              validator: (_rule, value: Span) =>
                secondsOf(value) >= secondsOf(getFieldValue('response') as Span)
                  ? Promise.resolve()
                  : Promise.reject(new Error(t('caseSettings.resolutionShort'))),
            }),
          ]}
        >
          <SpanField label={t('caseSettings.resolution')} units={workingUnits} />
        </Form.Item>
        <Form.Item name="calendar" label={t('caseSettings.calendar')} extra={t('caseSettings.calendarHint')}>
          <Select
            loading={calendars.isPending}
            options={calendars.data?.items.map(({ name }) => ({ value: name, label: words.calendar(name) }))}
          />
        </Form.Item>
      </Form>
    </Modal>
  );
}
