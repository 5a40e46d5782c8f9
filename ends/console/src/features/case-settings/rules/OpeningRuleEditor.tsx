import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Alert, Button, Drawer, Flex, Form, Input, InputNumber, Segmented, Select, Switch } from 'antd';
import { useRefusal } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { type OpeningRule, useAlarmRules, useSaveRule } from '../queries.ts';
import { SpanField } from '../SpanField.tsx';
import { securityRules, useSettingWords } from '../words.ts';
import { bodyOf, fieldAt, fieldsOf, type RuleFields } from './rule-form.ts';

interface OpeningRuleEditorProps {
  rule: OpeningRule | undefined;
  /** Position of the last rule there is. */
  last: number;
  onClose(): void;
}

/** Which trouble opens which case, and how long it must last. */
export function OpeningRuleEditor({ rule, last, onClose }: OpeningRuleEditorProps) {
  const { t } = useTexts();
  const words = useSettingWords();
  const [form] = Form.useForm<RuleFields>();
  const save = useSaveRule();
  const refuse = useRefusal();
  const before = fieldsOf(rule, last);
  const source = Form.useWatch('source', form) ?? before.source;
  return (
    <Drawer
      open
      size={600}
      title={t(rule ? 'caseSettings.editRule' : 'caseSettings.addRule')}
      onClose={onClose}
      extra={
        <Button type="primary" onClick={form.submit} loading={save.isPending}>
          {t('caseSettings.save')}
        </Button>
      }
    >
      {save.error ? <Alert type="error" showIcon title={said(save.error)} style={{ marginBottom: 12 }} /> : null}
      <Form<RuleFields>
        form={form}
        layout="vertical"
        initialValues={before}
        onFinish={(filled) =>
          save.mutate(
            { rule, body: bodyOf({ ...before, ...filled }) },
            { onSuccess: onClose, onError: (cause) => refuse(form, cause, fieldAt) },
          )
        }
      >
        <Flex gap={16}>
          <Form.Item
            name="name"
            label={t('caseSettings.ruleName')}
            style={{ flex: 1 }}
            rules={[{ required: true, whitespace: true, message: t('caseSettings.needName') }]}
          >
            <Input maxLength={120} />
          </Form.Item>
          <Form.Item name="position" label={t('caseSettings.position')} tooltip={t('caseSettings.positionHint')}>
            <InputNumber min={0} max={100_000} precision={0} style={{ width: 90 }} />
          </Form.Item>
          <Form.Item name="enabled" label={t('caseSettings.enabled')} valuePropName="checked">
            <Switch />
          </Form.Item>
        </Flex>
        <Form.Item name="source" label={t('caseSettings.source')}>
          <Segmented
            options={(['alarm', 'offline'] as const).map((each) => ({
              value: each,
              label: t(`caseSettings.sources.${each}`),
            }))}
          />
        </Form.Item>
        {source === 'alarm' ? <AlarmFields /> : null}
        <Form.Item name="families" label={t('caseSettings.families')} extra={t('caseSettings.anyHint')}>
          <Select
            mode="multiple"
            allowClear
            showSearch={{ optionFilterProp: 'label' }}
            options={words.models.map(({ family }) => ({ value: family, label: words.family(family) }))}
          />
        </Form.Item>
        <Flex gap={16} wrap>
          <Form.Item name="delay" label={t('caseSettings.delay')} extra={t('caseSettings.delayHint')}>
            <SpanField label={t('caseSettings.delay')} least={0} />
          </Form.Item>
          <Form.Item name="kind" label={t('caseSettings.opens')} style={{ minWidth: 200 }}>
            <Select
              options={[
                ...words.kinds.map(({ id }) => ({ value: id, label: words.kind(id) })),
                { value: '', label: t('caseSettings.none') },
              ]}
            />
          </Form.Item>
        </Flex>
      </Form>
    </Drawer>
  );
}

/** Kinds of what an alarm may be about. */
const subjectKinds = ['thing', 'device', 'system', 'job'];

function AlarmFields() {
  const { t, language } = useTexts();
  const words = useSettingWords();
  const { may } = useSession();
  const rules = useAlarmRules(may('alarm:read'));
  const named = [
    { value: securityRules, label: t('caseSettings.securityRules') },
    ...(rules.data?.items ?? []).map(({ id, definition: { name } }) => ({
      value: id,
      label: language === 'en' ? name.en : name.zh,
    })),
  ];
  const choice = (
    <Select mode="tags" allowClear maxCount={100} showSearch={{ optionFilterProp: 'label' }} options={named} />
  );
  return (
    <>
      <Form.Item name="severityUpTo" label={t('caseSettings.severity')}>
        <Select
          allowClear
          placeholder={t('caseSettings.anySeverity')}
          style={{ width: 220 }}
          options={[1, 2, 3, 4].map((severity) => ({ value: severity, label: <SeverityMark severity={severity} /> }))}
        />
      </Form.Item>
      <Form.Item name="rules" label={t('caseSettings.rules')} extra={t('caseSettings.anyHint')}>
        {choice}
      </Form.Item>
      <Form.Item name="notRules" label={t('caseSettings.notRules')}>
        {choice}
      </Form.Item>
      <Form.Item name="subjectKinds" label={t('caseSettings.subjectKinds')} extra={t('caseSettings.anyHint')}>
        <Select
          mode="tags"
          allowClear
          options={subjectKinds.map((kind) => ({
            value: kind,
            label: words.subject(kind),
          }))}
        />
      </Form.Item>
    </>
  );
}
