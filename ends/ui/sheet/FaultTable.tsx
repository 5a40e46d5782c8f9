import { DownloadOutlined } from '@ant-design/icons';
import { useTexts } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Table } from 'antd';
import { saveFile } from './save-file.ts';
import type { SheetFault } from './types.ts';

const cell = (text: string | number): string => {
  const shown = /^[=+\-@\t]/.test(String(text)) ? `'${text}` : String(text);
  return /[",\r\n]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
};

/** What is wrong, row by row, and as a sheet to work through beside the file. */
export function FaultTable({ faults, fileName }: { faults: readonly SheetFault[]; fileName: string }) {
  const { t, has } = useTexts();
  const words = ({ code }: SheetFault) => (has(`ui.sheet.fault.${code}`) ? t(`ui.sheet.fault.${code}`) : code);
  const heads = [t('ui.sheet.line'), t('ui.sheet.column'), t('ui.sheet.problem'), t('ui.sheet.detail')];
  const keep = () => {
    const lines = faults.map((fault) => [fault.line, fault.column ?? '', words(fault), fault.detail ?? '']);
    saveFile([heads, ...lines].map((line) => line.map(cell).join(',')).join('\r\n'), fileName);
  };
  return (
    <Flex vertical gap={12}>
      <Alert
        type="warning"
        showIcon
        title={t('ui.sheet.faulty', { count: faults.length })}
        action={
          <Button size="small" icon={<DownloadOutlined />} onClick={keep}>
            {t('ui.sheet.errorSheet')}
          </Button>
        }
      />
      <Table<SheetFault & { key: number }>
        size="small"
        dataSource={faults.map((fault, key) => ({ ...fault, key }))}
        pagination={{ pageSize: 8, hideOnSinglePage: true, showSizeChanger: false }}
        columns={[
          { title: heads[0], width: 70, align: 'right', render: (_, fault) => (fault.line === 0 ? '—' : fault.line) },
          { title: heads[1], width: 130, render: (_, fault) => fault.column ?? '—' },
          { title: heads[2], render: (_, fault) => words(fault) },
          { title: heads[3], ellipsis: true, render: (_, fault) => fault.detail ?? '' },
        ]}
      />
    </Flex>
  );
}
