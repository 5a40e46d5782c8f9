import { UploadOutlined } from '@ant-design/icons';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Form, Input, Modal, Select, Table, Tag, Typography, Upload } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Camera, type CheckLine, useChecklist, useFill } from './queries.ts';

const states = ['met', 'unmet', 'not-applicable'] as const;

interface Filled {
  state: (typeof states)[number];
  note?: string;
  file?: { originFileObj?: File }[];
}

function FillDialog({ camera, line, onClose }: { camera: Camera; line: CheckLine; onClose(): void }) {
  const t = useT();
  const { may } = useSession();
  const [form] = Form.useForm<Filled>();
  const fill = useFill(camera);
  const first = states.find((each) => each === line.state) ?? 'met';
  return (
    <Modal
      open
      title={t(`video.items.${line.item}`)}
      okText={t('video.save')}
      cancelText={t('video.cancel')}
      confirmLoading={fill.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      {fill.error ? <Alert type="error" showIcon title={said(fill.error)} style={{ marginBottom: 12 }} /> : null}
      <Form
        form={form}
        layout="vertical"
        initialValues={{ state: first, note: line.note ?? '' }}
        onFinish={({ state, note = '', file }) =>
          fill.mutate(
            { item: line.item, state, note, file: file?.[0]?.originFileObj, record: line.record ?? null },
            { onSuccess: onClose },
          )
        }
      >
        <Form.Item name="state" label={t('video.state')}>
          <Select options={states.map((each) => ({ value: each, label: t(`video.checkStates.${each}`) }))} />
        </Form.Item>
        <Form.Item name="note" label={t('video.note')}>
          <Input.TextArea maxLength={1000} rows={3} />
        </Form.Item>
        {may('record:write') ? (
          <Form.Item
            name="file"
            label={t('video.evidence')}
            valuePropName="fileList"
            getValueFromEvent={({ fileList }: { fileList: unknown }) => fileList}
          >
            <Upload beforeUpload={() => false} maxCount={1} accept=".pdf,image/*">
              <Button icon={<UploadOutlined />}>{t('video.choose')}</Button>
            </Upload>
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}

/** The site checklist of GB 55029: each line with what shows it, and why it is still a gap. */
export function Checklist({ camera }: { camera: Camera }) {
  const t = useT();
  const { may } = useSession();
  const { data, error, isPending } = useChecklist(camera.id);
  const [filling, setFilling] = useState<CheckLine>();
  if (error) return <Alert type="error" showIcon title={said(error)} />;
  const gaps = data?.filter(({ gap }) => gap !== undefined).length ?? 0;
  return (
    <Flex vertical gap={12}>
      <Typography.Text type="secondary">{t('video.checklistHint', { gaps })}</Typography.Text>
      <Table<CheckLine>
        size="small"
        rowKey="item"
        loading={isPending}
        dataSource={data ?? []}
        pagination={false}
        scroll={{ x: 'max-content' }}
        columns={[
          { title: t('video.item'), render: (_, { item }) => t(`video.items.${item}`) },
          { title: t('video.state'), render: (_, { state }) => (state ? t(`video.checkStates.${state}`) : '—') },
          {
            title: t('video.missing'),
            render: (_, { gap }) => (gap ? <Tag color="warning">{t(`video.gaps.${gap}`)}</Tag> : null),
          },
          { title: t('video.note'), dataIndex: 'note' },
          { title: t('video.checkedBy'), dataIndex: 'checkedBy' },
          { title: t('video.checkedAt'), render: (_, { checkedAt }) => dateTime(checkedAt ?? null) },
          {
            title: '',
            render: (_, line) =>
              may('video:manage') ? (
                <Button type="link" size="small" onClick={() => setFilling(line)}>
                  {t('video.fill')}
                </Button>
              ) : null,
          },
        ]}
      />
      {filling ? <FillDialog camera={camera} line={filling} onClose={() => setFilling(undefined)} /> : null}
    </Flex>
  );
}
