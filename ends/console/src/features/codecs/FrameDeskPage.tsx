import { UploadOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Card, Col, Empty, Flex, Form, Input, InputNumber, Row, Segmented, Select, Upload } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { FrameCard } from './FrameCard.tsx';
import { type FrameAnswer, useCodecs, useFrames } from './queries.ts';

type PastedAs = 'hex' | 'base64' | 'text';
const forms: PastedAs[] = ['hex', 'base64', 'text'];

/** As many bytes as the desk takes at once. */
const mostBytes = 65_536;

interface Fields {
  pasted: string;
  codec?: string;
  fPort?: number;
}

/** Paste bytes, see what they are. */
export default function FrameDeskPage() {
  const t = useT();
  const [as, setAs] = useState<PastedAs>('hex');
  const [form] = Form.useForm<Fields>();
  const codecs = useCodecs();
  const frames = useFrames();
  const submit = ({ pasted, codec, fPort }: Fields) =>
    frames.mutate({ [as]: pasted, ...(codec && { codec }), ...(typeof fPort === 'number' && { fPort }) });
  const read = async (file: File) => {
    const bytes = new Uint8Array(await file.slice(0, mostBytes).arrayBuffer());
    setAs('base64');
    form.setFieldValue('pasted', btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')));
  };
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24} xl={9}>
        <Card title={t('codecs.desk.title')}>
          <Form<Fields> form={form} layout="vertical" onFinish={submit}>
            <Form.Item>
              <Flex gap={12} wrap justify="space-between">
                <Segmented<PastedAs>
                  value={as}
                  onChange={setAs}
                  options={forms.map((value) => ({ value, label: t(`codecs.desk.forms.${value}`) }))}
                />
                <Upload
                  showUploadList={false}
                  beforeUpload={(file) => {
                    void read(file);
                    return Upload.LIST_IGNORE;
                  }}
                >
                  <Button icon={<UploadOutlined />} title={t('codecs.desk.fileHint')}>
                    {t('codecs.desk.file')}
                  </Button>
                </Upload>
              </Flex>
            </Form.Item>
            <Form.Item
              name="pasted"
              label={t('codecs.desk.pasted')}
              rules={[{ required: true, message: t('codecs.required') }]}
            >
              <Input.TextArea
                spellCheck={false}
                placeholder={as === 'hex' ? t('codecs.desk.hint') : undefined}
                autoSize={{ minRows: 8, maxRows: 24 }}
                style={{ fontFamily: 'monospace', fontSize: 13 }}
              />
            </Form.Item>
            <Flex gap={12} wrap>
              <Form.Item name="codec" label={t('codecs.desk.codec')} style={{ flex: 1, minWidth: 180 }}>
                <Select
                  allowClear
                  showSearch
                  options={codecs.data?.items.map(({ name, title }) => ({
                    value: name,
                    label: title ? `${name} · ${title}` : name,
                  }))}
                />
              </Form.Item>
              <Form.Item name="fPort" label="fPort">
                <InputNumber min={0} max={255} precision={0} />
              </Form.Item>
            </Flex>
            <Button type="primary" htmlType="submit" loading={frames.isPending}>
              {t('codecs.desk.explain')}
            </Button>
          </Form>
        </Card>
      </Col>
      <Col xs={24} xl={15}>
        {frames.error ? <Alert type="error" showIcon title={said(frames.error)} /> : null}
        {frames.data ? <Answer answer={frames.data} /> : null}
      </Col>
    </Row>
  );
}

function Answer({ answer }: { answer: FrameAnswer }) {
  const t = useT();
  const { frames, codec, hex, protocols } = answer;
  return (
    <Flex vertical gap={12}>
      {codec ? (
        <Card size="small" title={t('codecs.desk.made', { name: codec.name, number: codec.number })}>
          <Outcome title={t('codecs.up')} outcome={codec.up} />
          <Outcome title={t('codecs.down')} outcome={codec.down} />
        </Card>
      ) : null}
      {frames.length === 0 ? (
        <Card>
          <Empty description={t('codecs.desk.nothing', { protocols: protocols.join(', ') })} />
        </Card>
      ) : null}
      {frames.map((frame) => (
        <FrameCard key={`${frame.protocol} ${frame.start} ${frame.end}`} frame={frame} hex={hex} />
      ))}
    </Flex>
  );
}

function Outcome({ title, outcome }: { title: string; outcome: NonNullable<FrameAnswer['codec']>['up'] }) {
  const text =
    'made' in outcome
      ? JSON.stringify(outcome.made, null, 1)
      : `${outcome.refused}${outcome.detail ? `: ${outcome.detail}` : ''}`;
  return (
    <Flex vertical gap={4}>
      <strong>{title}</strong>
      <pre style={{ margin: 0, fontSize: 12, overflowX: 'auto' }}>{text}</pre>
    </Flex>
  );
}
