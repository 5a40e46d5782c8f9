import { useT } from '@keystead/ui/i18n';
import { Alert, Flex, Typography } from 'antd';

export interface Secret {
  kind: string;
  username: string | null;
  value: string | null;
}

/** A token or secret in the only moment it can be read. */
export function SecretOnce({ secret }: { secret: Secret }) {
  const t = useT();
  if (secret.value === null) return <Alert type="success" showIcon title={t('things.certificateKept')} />;
  return (
    <Flex vertical gap={12}>
      <Alert type="warning" showIcon title={t('things.secretOnce')} />
      {secret.username === null ? null : (
        <div>
          <Typography.Text type="secondary">{t('things.username')}</Typography.Text>
          <div>
            <Typography.Text copyable code>
              {secret.username}
            </Typography.Text>
          </div>
        </div>
      )}
      <div>
        <Typography.Text type="secondary">{t(`things.credential.${secret.kind}`)}</Typography.Text>
        <div>
          <Typography.Text copyable code style={{ fontSize: 15, wordBreak: 'break-all' }}>
            {secret.value}
          </Typography.Text>
        </div>
      </div>
    </Flex>
  );
}
