import { PaperClipOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { sdk } from '../shell/sdk.ts';
import { useDownload } from './download.ts';
import { KeptFiles } from './KeptFiles.tsx';

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
export function PaperField({ subject, ...field }: PaperFieldProps) {
  const t = useT();
  const put = async (paper: File) => ({ id: await keepPaper(subject, paper) });
  return <KeptFiles {...field} put={put} label={t('parts.addPaper')} />;
}
