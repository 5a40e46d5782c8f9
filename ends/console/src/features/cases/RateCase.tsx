import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Input, Rate, Typography } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type CaseFile, useRate } from './queries.ts';
import { mayRate } from './steps.ts';
import { useCaseWords } from './words.ts';

/** Asks whoever is entitled for a rating while there is none. */
export function RateCase({ file }: { file: CaseFile }) {
  const t = useT();
  const { session, may } = useSession();
  const words = useCaseWords();
  const [rating, setRating] = useState(0);
  const [note, setNote] = useState('');
  const rate = useRate();
  if (file.rating || !mayRate(words.kindOf(file.kind), file, { id: session?.user.id, may })) return null;
  return (
    <Flex vertical gap={8} style={{ maxWidth: 480 }}>
      <Typography.Text strong>{t('cases.howGood')}</Typography.Text>
      {rate.error ? <Alert type="error" title={said(rate.error)} /> : null}
      <Rate value={rating} onChange={setRating} aria-label={t('cases.rating')} />
      {rating > 0 ? (
        <Flex gap={8}>
          <Input
            maxLength={1000}
            value={note}
            placeholder={t('cases.ratingNote')}
            aria-label={t('cases.ratingNote')}
            onChange={(event) => setNote(event.target.value)}
          />
          <Button
            type="primary"
            loading={rate.isPending}
            onClick={() => rate.mutate({ id: file.id, rating, note: note.trim() || undefined })}
          >
            {t('cases.rate')}
          </Button>
        </Flex>
      ) : null}
    </Flex>
  );
}
