import { PictureOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { useQuery } from '@tanstack/react-query';
import { Button, Image } from 'antd';
import { useEffect, useState } from 'react';
import { said, sdk } from '../shell/sdk.ts';
import { KeptFiles } from './KeptFiles.tsx';

interface RecordPhotoProps {
  record: string;
  /** Why it is looked at, as the journal keeps it. */
  purpose: string;
  alt: string;
  /** `large` = shown at once, for a page whose point it is. */
  size?: 'small' | 'large';
}

const looks = {
  small: { width: 96, height: 72, style: { objectFit: 'cover' } },
  large: { width: '100%', height: 260, style: { objectFit: 'contain' } },
} as const;

/** A photo is fetched when it is asked for, not for every look at the page: each look at it is journaled. */
export function RecordPhoto({ record, purpose, alt, size = 'small' }: RecordPhotoProps) {
  const t = useT();
  const [shown, setShown] = useState(size === 'large');
  const { data, isFetching, error } = useQuery({
    queryKey: ['record-content', record],
    queryFn: () => sdk.records.open({ params: { id: record }, query: { purpose } }) as Promise<unknown>,
    enabled: shown,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  const [url, setUrl] = useState<string>();
  useEffect(() => {
    if (!(data instanceof Blob)) return;
    const made = URL.createObjectURL(data);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  if (url) return <Image {...looks[size]} src={url} alt={alt} />;
  return (
    <Button size="small" icon={<PictureOutlined />} loading={isFetching} onClick={() => setShown(true)}>
      {error ? said(error) : t('parts.showPhoto')}
    </Button>
  );
}

interface PhotoFieldProps {
  value?: string[];
  onChange?(records: string[]): void;
  /** Keeps one photo and answers its record. */
  put(photo: File): Promise<{ id: string }>;
}

/** A form field of photos: each is kept as soon as it is chosen, the form carries their records. */
export function PhotoField(field: PhotoFieldProps) {
  const t = useT();
  return <KeptFiles {...field} accept="image/*" label={t('parts.addPhoto')} />;
}
