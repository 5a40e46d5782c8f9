import { EyeOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { useMutation } from '@tanstack/react-query';
import { Alert, Button, Input, Modal, Space, Typography } from 'antd';
import { useState } from 'react';
import { said, sdk } from '../shell/sdk.ts';
import { useSession } from '../shell/session.tsx';

/** A name shown masked; in full once somebody said why. The reason is kept, and the person can read it. */
export function NameText({ party, name }: { party: string | null | undefined; name: string }) {
  const t = useT();
  const { may } = useSession();
  const [asking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const reveal = useMutation({
    gcTime: 0,
    mutationFn: async (id: string) => {
      const [found] = await sdk.parties.names({ body: { parties: [id], reason: reason.trim() } });
      return found?.name;
    },
    onSuccess: () => setAsking(false),
  });
  if (reveal.data !== undefined) return <Typography.Text strong>{reveal.data}</Typography.Text>;
  if (!party || !name.includes('*') || !may('party:reveal')) return <>{name}</>;
  return (
    <>
      {name}
      {/* Clicks in the dialog bubble to the row it was opened from. */}
      <Space size={0} onClick={(event) => event.stopPropagation()}>
        <Button
          type="text"
          size="small"
          icon={<EyeOutlined />}
          title={t('parts.fullName')}
          aria-label={t('parts.fullName')}
          onClick={() => setAsking(true)}
        />
        <Modal
          open={asking}
          title={t('parts.fullName')}
          onCancel={() => setAsking(false)}
          okButtonProps={{ disabled: reason.trim() === '', loading: reveal.isPending }}
          onOk={() => reveal.mutate(party)}
        >
          <Typography.Paragraph type="secondary">{t('parts.fullNameNote')}</Typography.Paragraph>
          {reveal.error ? (
            <Alert type="error" showIcon title={said(reveal.error)} style={{ marginBottom: 12 }} />
          ) : null}
          <Input.TextArea
            value={reason}
            maxLength={200}
            aria-label={t('parts.reason')}
            placeholder={t('parts.reason')}
            onChange={(event) => setReason(event.target.value)}
          />
        </Modal>
      </Space>
    </>
  );
}
