import { useT } from '@keystead/ui/i18n';
import { saveFile } from '@keystead/ui/sheet';
import { Alert, Button, Flex, Form, InputNumber, Modal, Radio, Select } from 'antd';
import { said, sdk } from '../../../shell/sdk.ts';
import { useModels } from '../queries.ts';
import { useModelWords } from '../words.ts';
import { type RotationBody, type RotationStarted, useIdentityChange } from './queries.ts';

/** Codes, user names and fresh secrets, for whoever sets them on the devices. */
function secretsOf({ things }: RotationStarted): string {
  const line = (cells: readonly string[]) => `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\r\n`;
  const rows = things.map(({ code, kind, username, value }) => line([code, kind, username ?? '', value ?? '']));
  return `\uFEFF${line(['code', 'kind', 'username', 'secret'])}${rows.join('')}`;
}

/** Puts a fresh secret beside the old one of many things; the old one ends with the first use of the new, or the window. */
export function NewRotation({ onClose }: { onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<RotationBody>();
  const models = useModels();
  const nameOf = useModelWords(models.data).model;
  const start = useIdentityChange((body: RotationBody) => sdk.things.rotate({ body }));
  const made = start.data;
  const byHand = made?.things.some(({ value }) => value !== null) ?? false;
  return (
    <Modal
      open
      title={t('things.identityPage.startRotation')}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        made ? (
          <Button type="primary" onClick={onClose}>
            {t('things.identityPage.close')}
          </Button>
        ) : (
          <Button type="primary" danger loading={start.isPending} onClick={form.submit}>
            {t('things.identityPage.start')}
          </Button>
        )
      }
    >
      {made ? (
        <Flex vertical gap={12} align="start">
          <Alert
            type={byHand ? 'warning' : 'success'}
            showIcon
            title={t('things.identityPage.rotationMade', { count: made.things.length })}
            description={byHand ? t('things.identityPage.secretsOnce') : t('things.identityPage.overTheAir')}
          />
          {byHand ? (
            <Button type="primary" onClick={() => saveFile(secretsOf(made), 'device-secrets.csv')}>
              {t('things.identityPage.saveSecrets')}
            </Button>
          ) : null}
        </Flex>
      ) : (
        <>
          {start.error ? <Alert type="error" showIcon title={said(start.error)} style={{ marginBottom: 12 }} /> : null}
          <Alert type="info" showIcon title={t('things.identityPage.rotationAsk')} style={{ marginBottom: 12 }} />
          <Form<RotationBody>
            form={form}
            layout="vertical"
            initialValues={{ days: 14, delivery: 'session' }}
            onFinish={({ family, ...body }) => start.mutate({ ...body, ...(family ? { family } : {}) })}
          >
            <Form.Item
              name="family"
              label={t('things.identityPage.family')}
              extra={t('things.identityPage.allFamilies')}
            >
              <Select
                allowClear
                showSearch={{ optionFilterProp: 'label' }}
                options={models.data
                  ?.filter(({ authentication }) => authentication === 'secret')
                  .map(({ family }) => ({ value: family, label: nameOf(family) }))}
              />
            </Form.Item>
            <Form.Item name="days" label={t('things.identityPage.window')}>
              <InputNumber min={1} max={90} precision={0} style={{ width: 160 }} />
            </Form.Item>
            <Form.Item name="delivery" label={t('things.identityPage.delivery')}>
              <Radio.Group
                options={(['session', 'export'] as const).map((value) => ({
                  value,
                  label: t(`things.identityPage.deliveries.${value}`),
                }))}
              />
            </Form.Item>
          </Form>
        </>
      )}
    </Modal>
  );
}
