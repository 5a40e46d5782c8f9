import { useTexts } from '@keystead/ui/i18n';
import { Alert, Typography } from 'antd';

interface Fault {
  pointer: string;
  code: string;
  detail?: string | undefined;
}

/** What is wrong with a document, each fault with its field. */
export function FaultList({ title, faults }: { title: string; faults: readonly Fault[] }) {
  const { t, has } = useTexts();
  return (
    <Alert
      type="error"
      showIcon
      title={title}
      description={
        <ul style={{ margin: 0, paddingInlineStart: 20 }}>
          {faults.map(({ pointer, code, detail }) => (
            <li key={`${pointer} ${code}`}>
              <Typography.Text code>{pointer || '/'}</Typography.Text>{' '}
              {has(`parts.fault.${code}`) ? t(`parts.fault.${code}`) : code}
              {detail ? ` (${detail})` : ''}
            </li>
          ))}
        </ul>
      }
    />
  );
}
