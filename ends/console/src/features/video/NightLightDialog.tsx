import { useT } from '@keystead/ui/i18n';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Alert, App, Form, Input, Modal, Select, Typography } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { said, sdk } from '../../shell/sdk.ts';
import { type Camera, useNightLight } from './queries.ts';

interface Filled {
  light: string;
  from: string;
  to: string;
}

const clock = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Motion before a camera turns a light on at night: writes an ordinary linkage rule, shown where all others are. */
export function NightLightDialog({ camera, onClose }: { camera: Camera; onClose(): void }) {
  const t = useT();
  const { message } = App.useApp();
  const go = useNavigate();
  const [form] = Form.useForm<Filled>();
  const [text, setText] = useState('');
  const write = useNightLight(camera.id);
  const found = useQuery({
    queryKey: ['things', 'choose', text],
    queryFn: () => sdk.things.list({ query: { limit: 20, count: false, ...(text ? { text } : {}) } }),
    placeholderData: keepPreviousData,
  });
  const hour = [{ required: true, pattern: clock, message: t('video.hourRule') }];
  const finish = (filled: Filled) =>
    write.mutate(filled, {
      onSuccess: () => {
        void message.success(t('video.nightLightMade'));
        void go('/linkages');
      },
    });
  return (
    <Modal
      open
      title={t('video.nightLight')}
      okText={t('video.save')}
      cancelText={t('video.cancel')}
      confirmLoading={write.isPending}
      onOk={form.submit}
      onCancel={onClose}
    >
      <Typography.Paragraph type="secondary">{t('video.nightLightHint', { name: camera.name })}</Typography.Paragraph>
      {write.error ? <Alert type="error" showIcon title={said(write.error)} style={{ marginBottom: 12 }} /> : null}
      <Form<Filled> form={form} layout="vertical" initialValues={{ from: '19:00', to: '06:00' }} onFinish={finish}>
        <Form.Item name="light" label={t('video.light')} rules={[{ required: true, message: t('video.lightRule') }]}>
          <Select
            showSearch={{ filterOption: false, onSearch: setText }}
            loading={found.isFetching}
            options={found.data?.items.map(({ id, name, code }) => ({ value: id, label: `${name} · ${code}` }))}
          />
        </Form.Item>
        <Form.Item name="from" label={t('video.nightFrom')} rules={hour}>
          <Input style={{ width: 120 }} />
        </Form.Item>
        <Form.Item name="to" label={t('video.nightTo')} rules={hour}>
          <Input style={{ width: 120 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
