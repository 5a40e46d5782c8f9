import { useTexts } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import {
  Alert,
  Button,
  Checkbox,
  Drawer,
  Flex,
  Form,
  Input,
  InputNumber,
  Select,
  Space,
  Switch,
  Typography,
} from 'antd';
import { useState } from 'react';
import { PersonChoice, PlaceChoice, RoleChoice, useRefusal } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { Preview } from './Preview.tsx';
import { type Rule, triggers, useChannels, useSaveRule } from './queries.ts';
import { bodyOf, fieldAt, fieldsOf, type RuleFields } from './rule-form.ts';
import { TimeOfDay } from './TimeOfDay.tsx';

/** Rights that stand for being on duty; a rule may name any other too. */
const duties = ['alarm:acknowledge', 'alarm:handle', 'case:assign', 'case:handle', 'system:write'];
const severities = [1, 2, 3, 4].map((severity) => ({ value: severity, label: <SeverityMark severity={severity} /> }));

/** Writing a rule: what happened → who is told → by which way, and when it has to wait. */
export function RuleEditor({ rule, onClose }: { rule: Rule | undefined; onClose(): void }) {
  const { t } = useTexts();
  const [form] = Form.useForm<RuleFields>();
  const save = useSaveRule();
  const refuse = useRefusal();
  const [problem, setProblem] = useState<string>();

  async function submit(fields: RuleFields) {
    setProblem(undefined);
    try {
      await save.mutateAsync({ body: bodyOf(fields, rule), ...(rule ? { rule } : {}) });
      onClose();
    } catch (cause) {
      setProblem(said(cause));
      refuse(form, cause, fieldAt);
    }
  }

  return (
    <Drawer
      open
      size={680}
      title={rule ? t('notify.editRule') : t('notify.addRule')}
      onClose={onClose}
      extra={
        <Button type="primary" onClick={form.submit} loading={save.isPending}>
          {t('notify.save')}
        </Button>
      }
    >
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form<RuleFields>
        form={form}
        layout="vertical"
        initialValues={fieldsOf(rule)}
        onFinish={(fields) => void submit(fields)}
      >
        <Flex gap={16}>
          <Form.Item
            name="name"
            label={t('notify.ruleName')}
            style={{ flex: 1 }}
            rules={[{ required: true, whitespace: true, message: t('notify.needName') }]}
          >
            <Input maxLength={120} />
          </Form.Item>
          <Form.Item name="enabled" label={t('notify.enabled')} valuePropName="checked">
            <Switch />
          </Form.Item>
        </Flex>
        <WhenFields />
        <WhoFields />
        <HowFields />
        <WaitFields />
      </Form>
      <Preview
        definition={() => bodyOf(form.getFieldsValue(true), rule).definition}
        check={() => form.validateFields()}
      />
    </Drawer>
  );
}

function WhenFields() {
  const { t } = useTexts();
  return (
    <>
      <Typography.Title level={5}>{t('notify.when')}</Typography.Title>
      <Form.Item
        name={['definition', 'triggers']}
        label={t('notify.triggers')}
        rules={[{ required: true, message: t('notify.needTrigger') }]}
      >
        <Select
          mode="multiple"
          options={triggers.map((each) => ({ value: each, label: t(`notify.trigger.${each}`) }))}
        />
      </Form.Item>
      <Space size={16} wrap align="start">
        <Form.Item name={['definition', 'severity', 'from']} label={t('notify.gravest')}>
          <Select options={severities} style={{ width: 130 }} />
        </Form.Item>
        <Form.Item name={['definition', 'severity', 'to']} label={t('notify.least')}>
          <Select options={severities} style={{ width: 130 }} />
        </Form.Item>
        <Form.Item name={['definition', 'place']} label={t('notify.where')}>
          <PlaceChoice by="path" placeholder={t('notify.everywhere')} style={{ width: 260 }} />
        </Form.Item>
      </Space>
    </>
  );
}

function WhoFields() {
  const { t } = useTexts();
  return (
    <>
      <Typography.Title level={5}>{t('notify.audience')}</Typography.Title>
      <Form.Item name={['definition', 'audience', 'assignee']} valuePropName="checked" style={{ marginBottom: 8 }}>
        <Checkbox>{t('notify.tellAssignee')}</Checkbox>
      </Form.Item>
      <Flex gap={16} wrap>
        <Form.Item
          name={['definition', 'audience', 'permission']}
          label={t('notify.onDuty')}
          extra={t('notify.onDutyHint')}
          style={{ flex: 1, minWidth: 240 }}
        >
          <Select
            allowClear
            placeholder={t('notify.nobody')}
            options={duties.map((duty) => ({ value: duty, label: t(`notify.duty.${duty}`) }))}
          />
        </Form.Item>
        <Form.Item
          name={['definition', 'audience', 'roles']}
          label={t('notify.roles')}
          style={{ flex: 1, minWidth: 240 }}
        >
          <RoleChoice multiple style={{ width: '100%' }} />
        </Form.Item>
      </Flex>
      <Form.Item name={['definition', 'audience', 'users']} label={t('notify.users')}>
        <PersonChoice multiple style={{ width: '100%' }} />
      </Form.Item>
    </>
  );
}

function HowFields() {
  const { t } = useTexts();
  const channels = useChannels();
  const hooks = channels.data?.items.filter(({ kind }) => kind === 'webhook') ?? [];
  return (
    <>
      <Typography.Title level={5}>{t('notify.ways')}</Typography.Title>
      <Form.Item name={['definition', 'channels']} label={t('notify.personal')}>
        <Checkbox.Group
          options={['in-app', 'mail', 'sms'].map((each) => ({ value: each, label: t(`notify.channel.${each}`) }))}
        />
      </Form.Item>
      <Form.Item name={['definition', 'webhooks']} label={t('notify.channel.webhook')}>
        <Select
          mode="multiple"
          placeholder={t(hooks.length > 0 ? 'notify.chooseHook' : 'notify.noHook')}
          options={hooks.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
    </>
  );
}

function WaitFields() {
  const { t } = useTexts();
  const quiet = Form.useWatch('quietOn');
  const throttle = Form.useWatch('throttleOn');
  return (
    <>
      <Typography.Title level={5}>{t('notify.restraint')}</Typography.Title>
      <Flex gap={12} align="baseline" wrap>
        <Form.Item name="quietOn" valuePropName="checked" extra={t('notify.quietHint')}>
          <Checkbox>{t('notify.quiet')}</Checkbox>
        </Form.Item>
        {quiet ? (
          <Space align="baseline">
            <Form.Item name={['quiet', 'from']} rules={[{ required: true, message: t('notify.needTime') }]}>
              <TimeOfDay label={t('notify.quietFrom')} />
            </Form.Item>
            {t('notify.to')}
            <Form.Item name={['quiet', 'to']} rules={[{ required: true, message: t('notify.needTime') }]}>
              <TimeOfDay label={t('notify.quietTo')} />
            </Form.Item>
          </Space>
        ) : null}
      </Flex>
      <Flex gap={12} align="baseline" wrap>
        <Form.Item name="throttleOn" valuePropName="checked">
          <Checkbox>{t('notify.throttle')}</Checkbox>
        </Form.Item>
        {throttle ? (
          <Space align="baseline" wrap>
            <Form.Item name={['throttle', 'seconds']} rules={[{ required: true, message: t('notify.needTime') }]}>
              <InputNumber
                min={1}
                max={86_400}
                precision={0}
                suffix={t('notify.seconds')}
                aria-label={t('notify.seconds')}
                style={{ width: 140 }}
              />
            </Form.Item>
            <Form.Item name={['throttle', 'per']}>
              <Select
                aria-label={t('notify.per')}
                style={{ width: 170 }}
                options={['subject', 'rule'].map((each) => ({ value: each, label: t(`notify.pers.${each}`) }))}
              />
            </Form.Item>
          </Space>
        ) : null}
      </Flex>
    </>
  );
}
