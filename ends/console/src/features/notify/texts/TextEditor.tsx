import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Card, Drawer, Flex, Form, Input, Select, Space, Typography } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useRef } from 'react';
import { useRefusal } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import { channelKinds } from '../queries.ts';
import { useResetText, useSaveText } from './queries.ts';
import { anyChannel, filled, type NoticeText } from './text-lines.ts';

interface Filled {
  channel: string;
  title: string;
  body: string;
}

interface TextEditorProps {
  text: NoticeText;
  placeholders: readonly string[];
  onClose(): void;
}

/** The words of one notice: title, body, the names that are filled in, and how it reads. */
export function TextEditor({ text, placeholders, onClose }: TextEditorProps) {
  const t = useT();
  const [form] = Form.useForm<Filled>();
  const body = useRef<TextAreaRef>(null);
  const save = useSaveText();
  const reset = useResetText();
  const refuse = useRefusal();
  const now = Form.useWatch([], form) as Filled | undefined;
  const problem = save.error ?? reset.error;

  /** At the mark of the writer, else at the end. */
  const insert = (name: string) => {
    const area = body.current?.resizableTextArea?.textArea;
    const before = form.getFieldValue('body') as string;
    const at = area?.selectionStart ?? before.length;
    form.setFieldValue('body', `${before.slice(0, at)}{${name}}${before.slice(area?.selectionEnd ?? at)}`);
    area?.focus();
  };
  const samples = Object.fromEntries(placeholders.map((name) => [name, t(`notify.texts.samples.${name}`)]));

  return (
    <Drawer
      open
      size={600}
      title={t('notify.texts.of', { trigger: t(`notify.trigger.${text.trigger}`) })}
      onClose={onClose}
      extra={
        <Space>
          {text.version > 0 ? (
            <Button loading={reset.isPending} onClick={() => reset.mutate(text, { onSuccess: onClose })}>
              {t('notify.texts.reset')}
            </Button>
          ) : null}
          <Button type="primary" onClick={form.submit} loading={save.isPending}>
            {t('notify.save')}
          </Button>
        </Space>
      }
    >
      {problem ? <Alert type="error" showIcon title={said(problem)} style={{ marginBottom: 12 }} /> : null}
      <Form<Filled>
        form={form}
        layout="vertical"
        initialValues={{ channel: text.channel, title: text.title, body: text.body }}
        onFinish={(words) =>
          save.mutate(
            { trigger: text.trigger, language: text.language, ...words },
            { onSuccess: onClose, onError: (cause) => refuse(form, cause) },
          )
        }
      >
        <Form.Item name="channel" label={t('notify.texts.channel')} extra={t('notify.texts.channelHint')}>
          <Select
            options={[anyChannel, ...channelKinds].map((channel) => ({
              value: channel,
              label: channel === anyChannel ? t('notify.texts.any') : t(`notify.channel.${channel}`),
            }))}
            style={{ width: 200 }}
          />
        </Form.Item>
        <Form.Item
          name="title"
          label={t('notify.texts.title')}
          rules={[{ required: true, whitespace: true, message: t('notify.texts.needText') }]}
        >
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item
          name="body"
          label={t('notify.texts.body')}
          rules={[{ required: true, whitespace: true, message: t('notify.texts.needText') }]}
        >
          <Input.TextArea ref={body} rows={5} maxLength={2000} showCount />
        </Form.Item>
      </Form>
      <Typography.Text type="secondary">{t('notify.texts.placeholders')}</Typography.Text>
      <Flex gap={4} wrap style={{ margin: '8px 0 16px' }}>
        {placeholders.map((name) => (
          <Button key={name} size="small" onClick={() => insert(name)}>
            {`{${name}} ${t(`notify.texts.names.${name}`)}`}
          </Button>
        ))}
      </Flex>
      <Card size="small" title={t('notify.texts.preview')}>
        <Typography.Paragraph strong>{filled(now?.title ?? text.title, samples)}</Typography.Paragraph>
        <Typography.Paragraph style={{ whiteSpace: 'pre-wrap', marginBottom: 0 }}>
          {filled(now?.body ?? text.body, samples)}
        </Typography.Paragraph>
      </Card>
    </Drawer>
  );
}
