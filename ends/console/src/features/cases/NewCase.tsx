import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Drawer, Flex, Form, Input, Select, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { PlaceChoice, useRefusal } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { type CaseDraft, useOpenCase } from './queries.ts';
import { GradeFields } from './StepFields.tsx';
import { useCaseWords } from './words.ts';

interface NewCaseProps {
  /** `thing:<id>`: what the case is about, when another page asked for one. */
  subject?: string | undefined;
  label?: string | undefined;
  placeId?: string | undefined;
  onClose(): void;
}

interface Filled
  extends Pick<CaseDraft, 'kind' | 'title' | 'description' | 'category' | 'impact' | 'urgency' | 'placeId'> {
  requester?: string;
}

function subjectsOf(subject: string | undefined, label: string | undefined): CaseDraft['subjects'] {
  if (!subject) return undefined;
  const colon = subject.indexOf(':');
  return [{ kind: subject.slice(0, colon), id: subject.slice(colon + 1), label: label ?? subject.slice(colon + 1) }];
}

const filledIn = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== '')) as T;

/** Opening a case by hand; the page of the new one is shown next. */
export function NewCase({ subject, label, placeId, onClose }: NewCaseProps) {
  const t = useT();
  const navigate = useNavigate();
  const words = useCaseWords();
  const [form] = Form.useForm<Filled>();
  const chosen = Form.useWatch('kind', form);
  const open = useOpenCase();
  const refuse = useRefusal();
  const [problem, setProblem] = useState<string>();
  const subjects = subjectsOf(subject, label);
  const rest = words.kindOf(chosen ?? '');

  async function submit({ requester, ...fields }: Filled) {
    setProblem(undefined);
    try {
      const file = await open.mutateAsync({
        ...filledIn(fields),
        ...(requester ? { requester: { name: requester } } : {}),
        ...(subjects ? { subjects } : {}),
      });
      void navigate(`/cases/${file.id}`);
    } catch (cause) {
      setProblem(said(cause));
      refuse(form, cause, ([name, ...more]) => (name === 'requester' ? ['requester'] : [name ?? '', ...more]));
    }
  }

  return (
    <Drawer
      open
      size={560}
      title={t('cases.add')}
      onClose={onClose}
      extra={
        <Button type="primary" loading={open.isPending} onClick={form.submit}>
          {t('cases.openIt')}
        </Button>
      }
    >
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form<Filled>
        form={form}
        layout="vertical"
        initialValues={{
          kind: subject?.startsWith('thing:') ? 'device-fault' : 'repair',
          impact: 2,
          urgency: 2,
          placeId,
        }}
        onFinish={(filled) => void submit(filled)}
      >
        <Form.Item name="kind" label={t('cases.kind')} rules={[{ required: true, message: t('cases.needKind') }]}>
          <Select options={words.kinds.map(({ id }) => ({ value: id, label: words.kind(id) }))} />
        </Form.Item>
        {rest ? (
          <Flex gap={4} wrap align="center" style={{ marginBottom: 16 }}>
            <Typography.Text type="secondary">{t('cases.course')}</Typography.Text>
            {rest.states
              .filter((state) => state !== 'reopened' && state !== 'cancelled')
              .map((state) => (
                <Tag key={state}>{words.state(state)}</Tag>
              ))}
          </Flex>
        ) : null}
        <Form.Item
          name="title"
          label={t('cases.titleLabel')}
          rules={[{ required: true, whitespace: true, message: t('cases.needTitle') }]}
        >
          <Input maxLength={200} autoFocus placeholder={t('cases.titleHint')} />
        </Form.Item>
        <Form.Item name="description" label={t('cases.description')}>
          <Input.TextArea rows={4} maxLength={10_000} />
        </Form.Item>
        <Form.Item name="placeId" label={t('cases.place')}>
          <PlaceChoice style={{ width: '100%' }} />
        </Form.Item>
        {subjects ? (
          <Form.Item label={t('cases.subjects')}>
            <Tag>{label ?? subject}</Tag>
          </Form.Item>
        ) : null}
        <GradeFields />
        <Flex gap={12}>
          <Form.Item name="category" label={t('cases.category')} style={{ flex: 1 }}>
            <Input maxLength={80} />
          </Form.Item>
          <Form.Item name="requester" label={t('cases.requester')} extra={t('cases.requesterHint')} style={{ flex: 1 }}>
            <Input maxLength={80} />
          </Form.Item>
        </Flex>
      </Form>
    </Drawer>
  );
}
