import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Drawer, Form, Input, InputNumber, Space } from 'antd';
import { useState } from 'react';
import { PlaceChoice, useRefusal } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import { ThingPick } from '../ThingPick.tsx';
import { ActionFields } from './ActionFields.tsx';
import { type Linkage, type LinkageBody, useSaveLinkage } from './queries.ts';
import { bodyOf, draftOf, freshDraft, type RuleDraft } from './rule-draft.ts';
import { TriggerFields } from './TriggerFields.tsx';

interface LinkageEditorProps {
  rule: Linkage | undefined;
  onTry(body: LinkageBody): void;
  onClose(): void;
}

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;
const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** When this happens, there and in these hours, do that; with the guard that keeps it from running wild. */
export function LinkageEditor({ rule, onTry, onClose }: LinkageEditorProps) {
  const t = useT();
  const [form] = Form.useForm<RuleDraft>();
  const [problem, setProblem] = useState<string>();
  const refuse = useRefusal();
  const save = useSaveLinkage();

  function submit(draft: RuleDraft) {
    const body = bodyOf(draft, zone(), rule);
    if (!body) return;
    setProblem(undefined);
    save.mutate(
      { rule, body },
      {
        onSuccess: onClose,
        onError: (cause) => {
          if (!refuse(form, cause)) setProblem(said(cause));
        },
      },
    );
  }

  async function attempt() {
    const body = bodyOf(await form.validateFields(), zone(), rule);
    if (body) onTry(body);
  }

  return (
    <Drawer
      open
      size={600}
      title={rule ? rule.name : t('commands.linkages.add')}
      onClose={onClose}
      extra={
        <Space>
          <Button onClick={() => void attempt().catch(() => undefined)}>{t('commands.linkages.try')}</Button>
          <Button type="primary" loading={save.isPending} onClick={form.submit}>
            {t('commands.save')}
          </Button>
        </Space>
      }
    >
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form<RuleDraft>
        form={form}
        layout="vertical"
        initialValues={rule ? draftOf(rule) : freshDraft}
        onFinish={submit}
      >
        <Form.Item
          name="name"
          label={t('commands.linkages.name')}
          rules={[{ required: true, whitespace: true, message: t('commands.required') }]}
        >
          <Input maxLength={80} autoFocus />
        </Form.Item>
        <TriggerFields />
        <Form.Item name="about" label={t('commands.linkages.about')} extra={t('commands.linkages.aboutHint')}>
          <ThingPick placeholder={t('commands.linkages.anyThing')} />
        </Form.Item>
        <Form.Item name="place" label={t('commands.linkages.place')} extra={t('commands.linkages.placeHint')}>
          <PlaceChoice by="path" style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item label={t('commands.linkages.hours')} extra={t('commands.linkages.hoursHint')}>
          <Space>
            {(['from', 'to'] as const).map((name) => (
              <Form.Item
                key={name}
                noStyle
                name={name}
                rules={[{ pattern: clock, message: t('commands.linkages.clock') }]}
              >
                <Input
                  style={{ width: 100 }}
                  placeholder={name === 'from' ? '19:00' : '06:00'}
                  aria-label={t(`commands.linkages.bounds.${name}`)}
                />
              </Form.Item>
            ))}
          </Space>
        </Form.Item>
        <ActionFields />
        <Form.Item
          name="perMinute"
          label={t('commands.linkages.perMinute')}
          extra={t('commands.linkages.guards')}
          rules={[{ required: true, message: t('commands.required') }]}
        >
          <InputNumber min={1} max={600} precision={0} />
        </Form.Item>
      </Form>
    </Drawer>
  );
}
