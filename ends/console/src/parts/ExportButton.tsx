import { DownloadOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Button, Dropdown } from 'antd';
import { useDownload } from './download.ts';

export type ExportFormat = 'xlsx' | 'csv';

const formats: readonly ExportFormat[] = ['xlsx', 'csv'];

interface ExportButtonProps {
  /** Of the file, without its ending. */
  name: string;
  ask(format: ExportFormat): Promise<unknown>;
}

/** Takes the list as it is filtered now out as a file, for Excel and WPS or for programs. */
export function ExportButton({ name, ask }: ExportButtonProps) {
  const t = useT();
  const { busy, download } = useDownload();
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: formats.map((format) => ({ key: format, label: t(`parts.formats.${format}`) })),
        onClick: ({ key }) => void download(`${name}.${key}`, () => ask(key as ExportFormat)),
      }}
    >
      <Button icon={<DownloadOutlined />} loading={busy}>
        {t('parts.export')}
      </Button>
    </Dropdown>
  );
}
