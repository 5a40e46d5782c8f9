import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Checkbox, Form, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { SecretText, useRefusal } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { useModels } from '../queries.ts';
import { useModelWords } from '../words.ts';
import { type KeyBody, useIdentityChange } from './queries.ts';

/** A key for a product; its secret is shown once. */
export function NewProvisionKey({ onClose }: { onClose(): void }) {
  const t = useT();
  const [form] = Form.useForm<KeyBody>();
  const models = useModels();
  const nameOf = useModelWords(models.data).model;
  const refuse = useRefusal();
  const [made, setMade] = useState<{ key: string; secret: string }>();
  const make = useIdentityChange((body: KeyBody) => sdk.things.makeProvisionKey({ body }));
  const must = [{ required: true, message: t('things.identityPage.needed') }];
  return (
    <Modal
      open
      title={t('things.identityPage.makeKey')}
      onCancel={onClose}
      mask={{ closable: false }}
      footer={
        made ? (
          <Button type="primary" onClick={onClose}>
            {t('things.keptIt')}
          </Button>
        ) : (
          <Button type="primary" loading={make.isPending} onClick={form.submit}>
            {t('things.identityPage.make')}
          </Button>
        )
      }
    >
      {made ? (
        <SecretText text={`${made.key}\n${made.secret}`} label={t('things.identityPage.keyAndSecret')} />
      ) : (
        <>
          {make.error ? <Alert type="error" showIcon title={said(make.error)} style={{ marginBottom: 12 }} /> : null}
          <Form<KeyBody>
            form={form}
            layout="vertical"
            initialValues={{ days: 90, most: 1000, enabled: true, allowNew: false }}
            onFinish={(body) => make.mutate(body, { onSuccess: setMade, onError: (cause) => void refuse(form, cause) })}
          >
            <Form.Item name="family" label={t('things.identityPage.family')} rules={must}>
              <Select
                showSearch={{ optionFilterProp: 'label' }}
                options={models.data
                  ?.filter(({ authentication }) => authentication === 'secret')
                  .map(({ family }) => ({ value: family, label: nameOf(family) }))}
              />
            </Form.Item>
            <Form.Item name="most" label={t('things.identityPage.most')} rules={must}>
              <InputNumber min={1} max={100_000} precision={0} style={{ width: 160 }} />
            </Form.Item>
            <Form.Item name="days" label={t('things.identityPage.days')} rules={must}>
              <InputNumber min={1} max={3650} precision={0} style={{ width: 160 }} />
            </Form.Item>
            <Form.Item name="allowNew" valuePropName="checked" extra={t('things.identityPage.allowNewHint')}>
              <Checkbox>{t('things.identityPage.allowNew')}</Checkbox>
            </Form.Item>
            <Form.Item name="enabled" valuePropName="checked">
              <Checkbox>{t('things.identityPage.openNow')}</Checkbox>
            </Form.Item>
          </Form>
        </>
      )}
    </Modal>
  );
}
