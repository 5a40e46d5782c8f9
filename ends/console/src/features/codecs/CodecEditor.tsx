import { useTexts } from '@keystead/ui/i18n';
import { Alert, App, Button, Card, Col, Flex, Form, Input, Row } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useRefusal } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type CodecFile, type Sample, useTrial, useWrite, type Version } from './queries.ts';
import { SampleList } from './SampleList.tsx';
import { draftOf, sampleFrom } from './sample-draft.ts';
import { templateIn } from './template.ts';

interface CodecEditorProps {
  /** Undefined: a new script. */
  codec: CodecFile | undefined;
  version: Version | undefined;
  onWritten(): void;
}

interface Fields {
  name: string;
  title: string;
  note: string;
  source: string;
}

/** The text of a script, and beside it the frames it is tried on. */
export function CodecEditor({ codec, version, onWritten }: CodecEditorProps) {
  const { t, language } = useTexts();
  const go = useNavigate();
  const { message } = App.useApp();
  const { may } = useSession();
  const [form] = Form.useForm<Fields>();
  const [drafts, setDrafts] = useState(() => version?.samples.map(draftOf) ?? []);
  const [problem, setProblem] = useState<string>();
  const refusal = useRefusal();
  const trial = useTrial();
  const write = useWrite();

  function samples(): Sample[] | undefined {
    const made: Sample[] = [];
    for (const draft of drafts) {
      const sample = sampleFrom(draft);
      if (typeof sample === 'string') {
        setProblem(t('codecs.sampleWrong', { name: draft.name, field: t(`codecs.sample.${sample}`) }));
        return undefined;
      }
      made.push(sample);
    }
    setProblem(undefined);
    return made;
  }
  const failed = (cause: unknown) => {
    if (!refusal(form, cause)) setProblem(said(cause));
  };
  function run() {
    const tried = samples();
    if (tried) trial.mutate({ source: form.getFieldValue('source'), samples: tried }, { onError: failed });
  }
  function submit({ name, title, note = '', source }: Fields) {
    const kept = samples();
    if (!kept) return;
    write.mutate(
      { codec, name, title: title ?? '', note, source, samples: kept },
      {
        onSuccess: ({ id, latest }) => {
          void message.success(t('codecs.written', { number: latest }));
          onWritten();
          if (!codec) void go(`/codecs/${id}`, { replace: true });
        },
        onError: failed,
      },
    );
  }

  const before = { name: codec?.name, title: codec?.title, source: version?.source ?? templateIn(language) };
  const { refused, detail } = trial.data ?? {};
  return (
    <Form form={form} layout="vertical" initialValues={before} onFinish={submit} disabled={!may('codec:write')}>
      <Row gutter={16}>
        <Col xs={24} xl={14}>
          <Card size="small" title={version ? t('codecs.sourceOf', { number: version.number }) : t('codecs.new')}>
            <Flex gap={12} wrap>
              <Form.Item
                name="name"
                label={t('codecs.name')}
                extra={codec ? undefined : t('codecs.nameHint')}
                rules={[{ required: true, message: t('codecs.required') }]}
              >
                <Input maxLength={64} disabled={codec !== undefined} />
              </Form.Item>
              <Form.Item name="title" label={t('codecs.purpose')} style={{ flex: 1, minWidth: 200 }}>
                <Input maxLength={120} />
              </Form.Item>
            </Flex>
            <Form.Item
              name="source"
              label={t('codecs.source')}
              rules={[{ required: true, message: t('codecs.required') }]}
            >
              <Input.TextArea
                spellCheck={false}
                autoSize={{ minRows: 22, maxRows: 40 }}
                style={{ fontFamily: 'monospace', fontSize: 13, whiteSpace: 'pre', overflowX: 'auto' }}
              />
            </Form.Item>
            <Form.Item name="note" label={t('codecs.note')}>
              <Input maxLength={500} />
            </Form.Item>
            <Flex gap={8}>
              <Button onClick={run} loading={trial.isPending}>
                {t('codecs.run')}
              </Button>
              <Button type="primary" htmlType="submit" loading={write.isPending}>
                {t(codec ? 'codecs.saveVersion' : 'codecs.save')}
              </Button>
            </Flex>
            {problem ? <Alert style={{ marginTop: 12 }} type="error" showIcon title={problem} /> : null}
            {refused ? (
              <Alert style={{ marginTop: 12 }} type="error" showIcon title={t('codecs.unread')} description={detail} />
            ) : null}
          </Card>
        </Col>
        <Col xs={24} xl={10}>
          <SampleList drafts={drafts} verdicts={trial.data?.verdicts ?? []} onChange={setDrafts} />
        </Col>
      </Row>
    </Form>
  );
}
