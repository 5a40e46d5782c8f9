import { DownloadOutlined, InboxOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Button, Flex, Table, Tag, Typography, Upload } from 'antd';
import type { ReactNode } from 'react';
import { saveFile } from './save-file.ts';
import type { SheetColumn } from './types.ts';

export interface ChooseFileProps {
  columns: readonly SheetColumn[];
  templateName: string;
  busy: boolean;
  /** Choices that belong to the import, above the place to drop a file. */
  options?: ReactNode;
  onFile(file: File): void;
}

/** First step of an import: what the file must look like, a template to start from, a place to drop it. */
export function ChooseFile({ columns, templateName, busy, options, onFile }: ChooseFileProps) {
  const t = useT();
  const template = () => {
    const line = (of: (column: SheetColumn) => string) => columns.map(of).join(',');
    saveFile(`${line((column) => column.name)}\r\n${line((column) => column.example ?? '')}\r\n`, templateName);
  };
  return (
    <Flex vertical gap={12}>
      <Flex justify="space-between" align="center" gap={8}>
        <Typography.Text type="secondary">{t('ui.sheet.columns')}</Typography.Text>
        <Button icon={<DownloadOutlined />} onClick={template}>
          {t('ui.sheet.template')}
        </Button>
      </Flex>
      <Table<SheetColumn>
        size="small"
        rowKey="name"
        pagination={false}
        scroll={{ y: 220 }}
        dataSource={[...columns]}
        columns={[
          {
            title: t('ui.sheet.column'),
            width: 170,
            render: (_, column) => (
              <>
                <Typography.Text code>{column.name}</Typography.Text>
                {column.required ? <Tag>{t('ui.sheet.required')}</Tag> : null}
              </>
            ),
          },
          { title: t('ui.sheet.meaning'), dataIndex: 'meaning' },
          { title: t('ui.sheet.example'), width: 190, dataIndex: 'example' },
        ]}
      />
      {options}
      <Upload.Dragger
        accept=".csv,text/csv"
        showUploadList={false}
        disabled={busy}
        beforeUpload={(file) => {
          onFile(file);
          return Upload.LIST_IGNORE;
        }}
      >
        <InboxOutlined style={{ fontSize: 28 }} aria-hidden />
        <Typography.Paragraph style={{ margin: '8px 0 0' }}>{t('ui.sheet.drop')}</Typography.Paragraph>
        <Typography.Text type="secondary">{t('ui.sheet.encoding')}</Typography.Text>
      </Upload.Dragger>
    </Flex>
  );
}
