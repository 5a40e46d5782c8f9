import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { siteDate } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, App, Button, Card, Flex, Form, Input, Radio, Skeleton, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { oneOf, useAddress, useRefusal } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import {
  numberInForce,
  openPreview,
  type Template,
  type TemplateBody,
  templateFields,
  templateKinds,
  useTemplates,
  useWriteTemplate,
} from './queries.ts';

function Editor({ base }: { base: Template | undefined }) {
  const t = useT();
  const go = useNavigate();
  const { modal } = App.useApp();
  const [form] = Form.useForm<TemplateBody>();
  const write = useWriteTemplate();
  const refuse = useRefusal();
  const [problem, setProblem] = useState<string>();
  const [opening, setOpening] = useState(false);

  const failed = (cause: unknown) => {
    setProblem(said(cause));
    refuse(form, cause);
  };
  const preview = async () => {
    setProblem(undefined);
    setOpening(true);
    const { note: _, ...body } = form.getFieldsValue(true) as TemplateBody;
    await openPreview(body).catch(failed);
    setOpening(false);
  };
  const publish = (body: TemplateBody) => {
    setProblem(undefined);
    modal.confirm({
      title: t('papers.publishAsk', { day: body.effectiveOn }),
      content: t('papers.publishNote'),
      okText: t('papers.publish'),
      onOk: () => write.mutateAsync(body).then(() => void go('/contract-templates'), failed),
    });
  };
  const required = [{ required: true, whitespace: true }];
  return (
    <Flex vertical gap={16} style={{ maxWidth: 900 }}>
      <Typography.Title level={4} style={{ margin: 0 }}>
        {t('papers.write')}
      </Typography.Title>
      {problem ? <Alert type="error" showIcon title={problem} /> : null}
      <Form<TemplateBody>
        form={form}
        layout="vertical"
        scrollToFirstError
        initialValues={{
          kind: base?.kind ?? 'first',
          title: base?.title,
          clauses: base?.clauses ?? [{}],
          effectiveOn: siteDate(),
        }}
        onFinish={publish}
      >
        <Card size="small" style={{ marginBottom: 16 }}>
          <Flex wrap gap={16}>
            <Form.Item name="kind" label={t('papers.kind')}>
              <Radio.Group
                optionType="button"
                options={templateKinds.map((value) => ({ value, label: t(`papers.kinds.${value}`) }))}
              />
            </Form.Item>
            <Form.Item name="effectiveOn" label={t('papers.effectiveOn')} rules={required}>
              <Input type="date" style={{ width: 180 }} />
            </Form.Item>
            <Form.Item name="title" label={t('papers.heading')} rules={required} style={{ flex: 1, minWidth: 260 }}>
              <Input maxLength={100} />
            </Form.Item>
          </Flex>
          <Form.Item name="note" label={t('papers.note')} rules={required} extra={t('papers.noteHint')}>
            <Input maxLength={500} />
          </Form.Item>
          <Typography.Text type="secondary">{t('papers.fieldsHint')}</Typography.Text>
          <Flex wrap gap={4} style={{ marginTop: 4 }}>
            {templateFields.map((name) => (
              <Tag key={name} title={t(`papers.fields.${name}`)}>
                {`{${name}}`} {t(`papers.fields.${name}`)}
              </Tag>
            ))}
          </Flex>
        </Card>
        <Form.List name="clauses">
          {(rows, { add, remove }) => (
            <Flex vertical gap={12}>
              {rows.map(({ key, name }, index) => (
                <Card
                  key={key}
                  size="small"
                  title={t('papers.clause', { number: index + 1 })}
                  extra={
                    rows.length > 1 ? (
                      <Button
                        type="text"
                        danger
                        icon={<DeleteOutlined />}
                        aria-label={t('papers.removeClause', { number: index + 1 })}
                        onClick={() => remove(name)}
                      />
                    ) : null
                  }
                >
                  <Form.Item name={[name, 'heading']} label={t('papers.clauseHeading')} rules={required}>
                    <Input maxLength={200} />
                  </Form.Item>
                  <Form.Item name={[name, 'text']} label={t('papers.clauseText')} rules={required}>
                    <Input.TextArea maxLength={10_000} autoSize={{ minRows: 2, maxRows: 14 }} />
                  </Form.Item>
                </Card>
              ))}
              <Button icon={<PlusOutlined />} style={{ alignSelf: 'flex-start' }} onClick={() => add({})}>
                {t('papers.addClause')}
              </Button>
            </Flex>
          )}
        </Form.List>
      </Form>
      <Flex gap={8}>
        <Button type="primary" loading={write.isPending} onClick={form.submit}>
          {t('papers.publish')}
        </Button>
        <Button loading={opening} onClick={() => void preview()}>
          {t('papers.preview')}
        </Button>
        <Button onClick={() => void go('/contract-templates')}>{t('papers.cancel')}</Button>
      </Flex>
    </Flex>
  );
}

/** A new wording, begun from another; it is used for leases drafted from its day on, and never changed. */
export default function TemplateEditor() {
  const { get } = useAddress();
  const { data, error } = useTemplates();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  if (!data) return <Skeleton active />;
  const kind = oneOf(templateKinds, get('kind')) ?? 'first';
  const number = Number(get('from') ?? numberInForce(data, kind, siteDate()));
  return <Editor base={data.find((each) => each.kind === kind && each.number === number)} />;
}
