import { useT } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Alert, Button, Flex, Form, InputNumber, Modal, Select, Skeleton, Switch } from 'antd';
import { useState } from 'react';
import { useRefusal } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { type Limit, type Probe, useLimits, useSetLimit } from './queries.ts';
import { useSystemWords } from './words.ts';

/** From when on a probe is in trouble, and from when on it is well again. */
export function LimitEditor({ probe, onClose }: { probe: Probe; onClose(): void }) {
  const t = useT();
  const words = useSystemWords();
  const limits = useLimits(true);
  const save = useSetLimit();
  const refuse = useRefusal();
  const [form] = Form.useForm<Limit>();
  const [problem, setProblem] = useState<string>();
  const { source } = probe;
  const current = limits.data?.limits[source];
  const unit = words.unit(probe.unit);

  async function change(limit: Limit | null) {
    setProblem(undefined);
    try {
      await save.mutateAsync({ source, limit, version: limits.data?.version ?? 0 });
      onClose();
    } catch (cause) {
      setProblem(said(cause));
      refuse(form, cause, (path) => path.slice(2));
    }
  }

  const number = { style: { width: 160 }, suffix: unit };
  return (
    <Modal
      open
      title={t('system.limitOf', { probe: words.probe(source) })}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        <Flex justify="space-between">
          <Button onClick={() => void change(null)} disabled={save.isPending}>
            {t('system.usual')}
          </Button>
          <Flex gap={8}>
            <Button onClick={onClose}>{t('system.cancel')}</Button>
            <Button type="primary" loading={save.isPending} disabled={!current} onClick={form.submit}>
              {t('system.save')}
            </Button>
          </Flex>
        </Flex>
      }
    >
      {problem || limits.error ? (
        <Alert type="error" showIcon title={problem ?? said(limits.error)} style={{ marginBottom: 12 }} />
      ) : null}
      {current ? (
        <Form<Limit> form={form} layout="vertical" initialValues={current} onFinish={(limit) => void change(limit)}>
          <Form.Item name="on" label={t('system.watched')} valuePropName="checked">
            <Switch />
          </Form.Item>
          <Flex gap={16} wrap>
            <Form.Item
              name="troubled"
              label={t('system.troubledAt')}
              rules={[{ required: true, message: t('system.needNumber') }]}
            >
              <InputNumber {...number} />
            </Form.Item>
            <Form.Item
              name="well"
              label={t('system.wellAt')}
              extra={t('system.wellHint')}
              rules={[{ required: true, message: t('system.needNumber') }]}
            >
              <InputNumber {...number} />
            </Form.Item>
          </Flex>
          <Flex gap={16} wrap>
            <Form.Item
              name="forSeconds"
              label={t('system.forSeconds')}
              rules={[{ required: true, message: t('system.needNumber') }]}
            >
              <InputNumber min={0} max={40} precision={0} suffix={words.unit('s')} style={{ width: 160 }} />
            </Form.Item>
            <Form.Item name="severity" label={t('system.severity')}>
              <Select
                style={{ width: 160 }}
                options={[1, 2, 3, 4].map((severity) => ({
                  value: severity,
                  label: <SeverityMark severity={severity} />,
                }))}
              />
            </Form.Item>
          </Flex>
        </Form>
      ) : limits.error ? null : (
        <Skeleton active />
      )}
    </Modal>
  );
}
