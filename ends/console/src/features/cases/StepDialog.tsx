import { useT } from '@keystead/ui/i18n';
import { Alert, Form, Input, Modal, Rate, Skeleton } from 'antd';
import { useState } from 'react';
import { useRefusal } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { Checklist } from './Checklist.tsx';
import { Evidence } from './Evidence.tsx';
import { type CaseFile, type CaseStep, type StepBody, useCase, useRate, useStep } from './queries.ts';
import { StepFields } from './StepFields.tsx';
import { dangerous, mayRate, needsOf } from './steps.ts';
import { useCaseWords } from './words.ts';

type Filled = StepBody & { rating?: number };

interface StepDialogProps {
  id: string;
  step: CaseStep;
  onClose(): void;
}

/** Asks for what a step needs and takes it. */
export function StepDialog({ id, step, onClose }: StepDialogProps) {
  const { data } = useCase(id);
  const words = useCaseWords();
  if (!data) {
    return (
      <Modal open title={words.step(step)} footer={null} onCancel={onClose}>
        <Skeleton active />
      </Modal>
    );
  }
  return <Asking file={data} step={step} onClose={onClose} />;
}

/** Fields left empty are not said. */
const bodyOf = ({ rating: _, ...filled }: Filled): StepBody =>
  Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== undefined && value !== ''));

function Asking({ file, step, onClose }: { file: CaseFile; step: CaseStep; onClose(): void }) {
  const t = useT();
  const { session, may } = useSession();
  const words = useCaseWords();
  const [form] = Form.useForm<Filled>();
  const take = useStep();
  const rate = useRate();
  const refuse = useRefusal();
  const [problem, setProblem] = useState<string>();
  const kind = words.kindOf(file.kind);
  const needs = needsOf(kind, file, step);
  const rates = step === 'confirm' && mayRate(kind, file, { id: session?.user.id, may });
  const openItems = file.items.filter((item) => item.required && !item.doneAt).length;

  async function submit(filled: Filled) {
    setProblem(undefined);
    try {
      await take.mutateAsync({ file, step, body: bodyOf(filled) });
      if (rates && filled.rating) await rate.mutateAsync({ id: file.id, rating: filled.rating, note: filled.note });
      onClose();
    } catch (cause) {
      setProblem(said(cause));
      refuse(form, cause);
    }
  }

  return (
    <Modal
      open
      width={560}
      title={t('cases.stepOf', { step: words.step(step), code: file.code })}
      okText={words.step(step)}
      okButtonProps={{
        danger: dangerous.includes(step),
        disabled: (needs.checklist && openItems > 0) || (needs.evidence && file.evidence.length === 0),
      }}
      cancelText={t('cases.back')}
      confirmLoading={take.isPending || rate.isPending}
      onOk={form.submit}
      onCancel={onClose}
      mask={{ closable: false }}
    >
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form<Filled>
        form={form}
        layout="vertical"
        initialValues={{ assignee: file.assignee, team: file.team, impact: file.impact, urgency: file.urgency }}
        onFinish={(filled) => void submit(filled)}
      >
        {needs.checklist && file.items.length > 0 ? (
          <Form.Item
            label={t('cases.tab.checklist')}
            {...(openItems > 0 ? { help: t('cases.openItems', { count: openItems }) } : {})}
          >
            <Checklist file={file} />
          </Form.Item>
        ) : null}
        {needs.evidence ? (
          <Form.Item
            label={t('cases.tab.evidence')}
            {...(file.evidence.length === 0 ? { help: t('cases.needEvidence') } : {})}
          >
            <Evidence file={file} />
          </Form.Item>
        ) : null}
        <StepFields file={file} kind={kind} step={step} needs={needs} />
        {rates ? (
          <Form.Item name="rating" label={t('cases.rating')}>
            <Rate aria-label={t('cases.rating')} />
          </Form.Item>
        ) : null}
        {needs.reason ? (
          <Form.Item
            name="reason"
            label={t('cases.reason')}
            rules={[{ required: true, whitespace: true, message: t('cases.needReason') }]}
          >
            <Input.TextArea rows={3} maxLength={1000} autoFocus />
          </Form.Item>
        ) : (
          <Form.Item
            name="note"
            label={t(step === 'finish' ? 'cases.outcome' : 'cases.note')}
            rules={[{ required: needs.note, whitespace: true, message: t('cases.needNote') }]}
          >
            <Input.TextArea rows={3} maxLength={4000} />
          </Form.Item>
        )}
      </Form>
    </Modal>
  );
}
