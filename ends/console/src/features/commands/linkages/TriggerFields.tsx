import { useT } from '@keystead/ui/i18n';
import { Form, Radio, Select } from 'antd';
import type { RuleDraft } from './rule-draft.ts';
import { useLinkageWords } from './words.ts';

const changes = ['raised', 'escalated', 'cleared'] as const;
const severities = [1, 2, 3, 4] as const;
const search = { optionFilterProp: 'label' as const };

/** What a rule waits for: an alarm, or an event of a class of devices. */
export function TriggerFields() {
  const t = useT();
  const words = useLinkageWords();
  const form = Form.useFormInstance<RuleDraft>();
  const when = Form.useWatch('when', form);
  const family = Form.useWatch('family', form);
  const must = [{ required: true, message: t('commands.required') }];
  const events = words.models.find((model) => model.family === family)?.events ?? [];
  return (
    <>
      <Form.Item name="when" label={t('commands.linkages.when')}>
        <Radio.Group
          optionType="button"
          options={(['alarm', 'event'] as const).map((value) => ({
            value,
            label: t(`commands.linkages.triggers.${value}`),
          }))}
        />
      </Form.Item>
      {when === 'event' ? (
        <>
          <Form.Item name="family" label={t('commands.linkages.family')} rules={must}>
            <Select
              showSearch={search}
              options={words.models.map((model) => ({ value: model.family, label: words.said(model.name) }))}
              onChange={() => form.setFieldValue('event', undefined)}
            />
          </Form.Item>
          <Form.Item name="event" label={t('commands.linkages.event')} rules={must}>
            <Select
              showSearch={search}
              options={events.map((event) => ({ value: event.id, label: words.said(event.name) }))}
            />
          </Form.Item>
        </>
      ) : (
        <>
          <Form.Item name="alarmRule" label={t('commands.linkages.alarmRule')}>
            <Select
              allowClear
              showSearch={search}
              placeholder={t('commands.linkages.anyAlarm')}
              options={words.alarmRules.map((rule) => ({ value: rule.id, label: words.said(rule.definition.name) }))}
            />
          </Form.Item>
          <Form.Item name="change" label={t('commands.linkages.change')} rules={must}>
            <Select options={changes.map((value) => ({ value, label: t(`commands.linkages.changes.${value}`) }))} />
          </Form.Item>
          <Form.Item name="severity" label={t('commands.linkages.severity')}>
            <Select
              allowClear
              placeholder={t('commands.linkages.anySeverity')}
              options={severities.map((value) => ({
                value,
                label: t('commands.linkages.atLeast', { severity: value }),
              }))}
            />
          </Form.Item>
        </>
      )}
    </>
  );
}
