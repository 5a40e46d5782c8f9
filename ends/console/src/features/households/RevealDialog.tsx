import { KeyValue } from '@keystead/ui/facts';
import { useT } from '@keystead/ui/i18n';
import { Alert, Form, Input, Modal, Typography } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { type MaskedField, useReveal } from './queries.ts';

export interface Revealed {
  readonly party: string;
  readonly name: string;
  readonly fields: MaskedField['field'][];
}

/** Shows values once somebody said why; the reason is kept and shown to the person concerned. */
export function RevealDialog({ of, onClose }: { of: Revealed; onClose(): void }) {
  const t = useT();
  const [reason, setReason] = useState('');
  const reveal = useReveal(of.party);
  const close = () => {
    reveal.reset();
    onClose();
  };
  return (
    <Modal
      open
      title={t('households.revealOf', { name: of.name })}
      onCancel={close}
      okText={t('households.reveal')}
      okButtonProps={{ disabled: reason.trim() === '' || reveal.isSuccess, loading: reveal.isPending }}
      onOk={() => reveal.mutate({ fields: of.fields, reason: reason.trim() })}
    >
      <Typography.Paragraph type="secondary">{t('households.revealNote')}</Typography.Paragraph>
      {reveal.error ? <Alert type="error" showIcon title={said(reveal.error)} style={{ marginBottom: 12 }} /> : null}
      {reveal.data ? (
        <KeyValue
          columns={1}
          facts={reveal.data.map(({ field, slot, value }) => ({
            key: `${field} ${slot}`,
            label: t(`households.fields.${field}`),
            value,
          }))}
        />
      ) : (
        <Form layout="vertical">
          <Form.Item label={t('households.reason')} required>
            <Input.TextArea
              value={reason}
              maxLength={200}
              aria-label={t('households.reason')}
              onChange={(event) => setReason(event.target.value)}
            />
          </Form.Item>
        </Form>
      )}
    </Modal>
  );
}
