import { PaperClipOutlined, UploadOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Alert, Button, Flex, Tag, Upload } from 'antd';
import { useState } from 'react';
import { said, sdk } from '../shell/sdk.ts';
import { useDownload } from './download.ts';

/** One kept file by its name; opening it is journaled with what it was looked at for. */
export function RecordFile({ record, purpose }: { record: string; purpose: string }) {
  const { busy, download } = useDownload();
  const { data } = useQuery({
    queryKey: ['record', record],
    queryFn: () => sdk.records.get({ params: { id: record } }),
    staleTime: 60_000,
    retry: false,
  });
  return (
    <Button
      size="small"
      type="link"
      icon={<PaperClipOutlined />}
      disabled={busy || !data}
      onClick={() =>
        data && void download(data.name, () => sdk.records.open({ params: { id: record }, query: { purpose } }))
      }
    >
      {data?.name ?? record.slice(0, 8)}
    </Button>
  );
}

/** Keeps a paper of somebody as personal data: sealed, five years. Answers its record. */
export async function keepPaper(subject: string, paper: File): Promise<string> {
  const { id } = await sdk.records.put({
    query: {
      name: paper.name,
      mediaType: paper.type || 'application/octet-stream',
      subject,
      storeLevel: 3,
      retentionYears: 5,
    },
    body: paper,
  });
  return id;
}

interface PaperFieldProps {
  /** What the papers are about, such as `household:<id>`. */
  subject: string;
  value?: string[];
  onChange?(records: string[]): void;
}

/** A form field of papers: each is kept, sealed, as soon as it is chosen; the form carries their records. */
export function PaperField({ subject, value = [], onChange }: PaperFieldProps) {
  const t = useT();
  const [names, setNames] = useState<ReadonlyMap<string, string>>(new Map());
  const add = useMutation({
    mutationFn: async (paper: File) => ({ id: await keepPaper(subject, paper), name: paper.name }),
    onSuccess: ({ id, name }) => {
      setNames((before) => new Map(before).set(id, name));
      onChange?.([...value, id]);
    },
  });
  return (
    <Flex vertical gap={8} align="start">
      {add.error ? <Alert type="error" showIcon title={said(add.error)} /> : null}
      <Flex wrap gap={4}>
        {value.map((id) => (
          <Tag key={id} closable onClose={() => onChange?.(value.filter((each) => each !== id))}>
            {names.get(id) ?? id.slice(0, 8)}
          </Tag>
        ))}
      </Flex>
      <Upload
        showUploadList={false}
        disabled={add.isPending}
        beforeUpload={(chosen) => {
          add.mutate(chosen);
          return Upload.LIST_IGNORE;
        }}
      >
        <Button icon={<UploadOutlined />} loading={add.isPending}>
          {t('parts.addPaper')}
        </Button>
      </Upload>
    </Flex>
  );
}
