import { useT } from '@keystead/ui/i18n';
import { Alert, Flex, Typography } from 'antd';

/** A password or key in the only moment it can be read. */
export function SecretText({ text, label }: { text: string; label: string }) {
  const t = useT();
  return (
    <Flex vertical gap={12}>
      <Alert type="warning" showIcon title={t('parts.shownOnce')} />
      <div>
        <Typography.Text type="secondary">{label}</Typography.Text>
        <div>
          <Typography.Text copyable code style={{ fontSize: 16, wordBreak: 'break-all', whiteSpace: 'pre-line' }}>
            {text}
          </Typography.Text>
        </div>
      </div>
    </Flex>
  );
}
