import { MinusCircleOutlined, PlusOutlined } from '@ant-design/icons';
import { useT, useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Alert, Button, Drawer, Flex, Form, Input, InputNumber, Select, Space, Switch, Typography } from 'antd';
import { isProblem, said } from '../../shell/sdk.ts';
import { type Rule, type RuleBody, type Trigger, triggerOf, useModels, useSaveRule } from './rule-queries.ts';

interface Fields {
  zh: string;
  en: string;
  enabled: boolean;
  family: string;
  trigger: Trigger;
  hold?: number;
  silence?: number;
}

const kinds: Trigger['kind'][] = ['condition', 'event', 'offline', 'missing'];
const severities = [1, 2, 3, 4].map((severity) => ({ value: severity, label: <SeverityMark severity={severity} /> }));

const fieldsOf = (rule: Rule | undefined): Partial<Fields> =>
  rule
    ? {
        zh: rule.definition.name.zh,
        en: rule.definition.name.en,
        enabled: rule.enabled,
        family: rule.family,
        trigger: triggerOf(rule.definition),
        hold: rule.definition.hold,
        silence: rule.definition.silence,
      }
    : { enabled: true, trigger: { kind: 'condition', levels: [{ severity: 3, when: '' }] } };

const bodyOf = (fields: Fields, before: Rule | undefined): RuleBody => ({
  ...(before?.definition as RuleBody | undefined),
  name: { zh: fields.zh, en: fields.en || fields.zh },
  enabled: fields.enabled,
  appliesTo: { ...((before?.definition.appliesTo as object | undefined) ?? {}), family: fields.family },
  trigger: fields.trigger,
  hold: fields.hold ?? undefined,
  silence: fields.silence ?? undefined,
});

/** `/trigger/levels/0/when` → the form field it stands in. */
const fieldAt = (pointer: string): (string | number)[] => {
  const parts = pointer
    .split('/')
    .slice(1)
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  return parts[0] === 'name' ? [parts[1] ?? 'zh'] : parts[0] === 'appliesTo' ? ['family'] : parts;
};

function TriggerFields({ kind }: { kind: Trigger['kind'] }) {
  const t = useT();
  if (kind === 'condition') {
    return (
      <>
        <Form.List name={['trigger', 'levels']}>
          {(levels, { add, remove }) => (
            <Flex vertical gap={4}>
              <Typography.Text>{t('alarms.rules.levels')}</Typography.Text>
              {levels.map(({ key, name }) => (
                <Space key={key} align="baseline">
                  <Form.Item name={[name, 'severity']} rules={[{ required: true }]} style={{ width: 110 }}>
                    <Select options={severities} />
                  </Form.Item>
                  <Form.Item
                    name={[name, 'when']}
                    rules={[{ required: true, message: t('alarms.rules.needWhen') }]}
                    style={{ width: 280 }}
                  >
                    <Input placeholder="smoke >= 10 && temperature > 50" style={{ fontFamily: 'monospace' }} />
                  </Form.Item>
                  <Form.Item name={[name, 'for']} style={{ width: 130 }}>
                    <InputNumber min={0} placeholder={t('alarms.rules.for')} />
                  </Form.Item>
                  {levels.length > 1 ? <MinusCircleOutlined onClick={() => remove(name)} /> : null}
                </Space>
              ))}
              {levels.length < 4 ? (
                <Button size="small" icon={<PlusOutlined />} onClick={() => add({ severity: 4, when: '' })}>
                  {t('alarms.rules.addLevel')}
                </Button>
              ) : null}
            </Flex>
          )}
        </Form.List>
        <Form.Item
          name={['trigger', 'clear']}
          label={t('alarms.rules.clear')}
          extra={t('alarms.rules.clearHint')}
          style={{ marginTop: 12 }}
        >
          <Input placeholder="smoke < 3" style={{ fontFamily: 'monospace' }} />
        </Form.Item>
      </>
    );
  }
  return (
    <>
      <Form.Item name={['trigger', 'severity']} label={t('alarms.severity')} rules={[{ required: true }]}>
        <Select options={severities} style={{ width: 140 }} />
      </Form.Item>
      {kind === 'event' ? (
        <Form.Item name={['trigger', 'event']} label={t('alarms.rules.event')} rules={[{ required: true }]}>
          <Input placeholder="tamper" />
        </Form.Item>
      ) : null}
      {kind === 'event' ? (
        <Form.Item name={['trigger', 'clearEvent']} label={t('alarms.rules.clearEvent')}>
          <Input />
        </Form.Item>
      ) : null}
      {kind === 'missing' ? (
        <Form.Item name={['trigger', 'property']} label={t('alarms.rules.property')} rules={[{ required: true }]}>
          <Input />
        </Form.Item>
      ) : null}
      {kind === 'event' ? null : (
        <Form.Item
          name={['trigger', 'for']}
          label={t('alarms.rules.seconds')}
          rules={[{ required: true }]}
          initialValue={0}
        >
          <InputNumber min={0} />
        </Form.Item>
      )}
    </>
  );
}

/** Writing a rule; what the compiler refuses is shown at the field it stands in. */
export function RuleEditor({ rule, onClose }: { rule: Rule | undefined; onClose(): void }) {
  const { t, language } = useTexts();
  const [form] = Form.useForm<Fields>();
  const models = useModels();
  const save = useSaveRule();
  const kind = Form.useWatch(['trigger', 'kind'], form) ?? fieldsOf(rule).trigger?.kind ?? 'condition';

  const submit = (fields: Fields) =>
    save.mutate(
      { id: rule?.id, version: rule?.version, body: bodyOf(fields, rule) },
      {
        onSuccess: onClose,
        onError: (cause) => {
          if (isProblem(cause))
            form.setFields(
              cause.errors.map((error) => ({
                name: fieldAt(error.pointer) as never,
                errors: [t(`alarms.rules.errors.${error.code}`), error.detail ?? ''].filter(Boolean),
              })),
            );
        },
      },
    );

  return (
    <Drawer
      open
      size={660}
      title={rule ? t('alarms.rules.edit') : t('alarms.rules.add')}
      onClose={onClose}
      extra={
        <Button type="primary" onClick={() => form.submit()} loading={save.isPending}>
          {t('alarms.rules.save')}
        </Button>
      }
    >
      {save.error ? <Alert type="error" title={said(save.error)} style={{ marginBottom: 12 }} /> : null}
      <Form form={form} layout="vertical" initialValues={fieldsOf(rule)} onFinish={submit}>
        <Space.Compact block>
          <Form.Item
            name="zh"
            label={t('alarms.rules.nameZh')}
            rules={[{ required: true, message: t('alarms.rules.needName') }]}
            style={{ flex: 1, marginInlineEnd: 8 }}
          >
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="en" label={t('alarms.rules.nameEn')} style={{ flex: 1 }}>
            <Input maxLength={80} />
          </Form.Item>
        </Space.Compact>
        <Space size={24}>
          <Form.Item
            name="family"
            label={t('alarms.rules.family')}
            rules={[{ required: true, message: t('alarms.rules.needFamily') }]}
            style={{ width: 260 }}
          >
            <Select
              showSearch
              disabled={rule !== undefined}
              options={models.data?.map((model) => ({
                value: model.family,
                label: `${language === 'en' ? model.name.en : model.name.zh}（${model.family}）`,
              }))}
            />
          </Form.Item>
          <Form.Item name={['trigger', 'kind']} label={t('alarms.rules.kind')} style={{ width: 160 }}>
            <Select options={kinds.map((each) => ({ value: each, label: t(`alarms.rules.kinds.${each}`) }))} />
          </Form.Item>
          <Form.Item name="enabled" label={t('alarms.rules.enabled')} valuePropName="checked">
            <Switch />
          </Form.Item>
        </Space>
        <TriggerFields kind={kind} />
        <Space size={24}>
          <Form.Item name="hold" label={t('alarms.rules.hold')} extra={t('alarms.rules.holdHint')}>
            <InputNumber min={0} />
          </Form.Item>
          <Form.Item name="silence" label={t('alarms.rules.silence')} extra={t('alarms.rules.silenceHint')}>
            <InputNumber min={0} />
          </Form.Item>
        </Space>
      </Form>
    </Drawer>
  );
}
