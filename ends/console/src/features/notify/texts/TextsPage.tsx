import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Segmented, Tag, Typography } from 'antd';
import { useMemo, useState } from 'react';
import { oneOf, useAddress } from '../../../parts/index.ts';
import { said } from '../../../shell/sdk.ts';
import { useTexts } from './queries.ts';
import { TextEditor } from './TextEditor.tsx';
import { anyChannel, type NoticeText, textsInUse } from './text-lines.ts';

const languages = ['zh-CN', 'en'] as const;

/** In which words people are told; the platform's own until an organisation writes others. */
export default function TextsPage() {
  const t = useT();
  const { get, put } = useAddress();
  const language = oneOf(languages, get('language')) ?? 'zh-CN';
  const { data, error, isPending, refetch } = useTexts();
  const [edited, setEdited] = useState<NoticeText>();
  const rows = useMemo(() => data && textsInUse(data.items, language), [data, language]);
  return (
    <>
      <ListPage<NoticeText>
        title={t('notify.texts.menu')}
        query={
          <>
            <Segmented
              value={language}
              options={languages.map((each) => ({ value: each, label: t(`notify.texts.languages.${each}`) }))}
              onChange={(each) => put({ language: each === 'zh-CN' ? undefined : each })}
            />
            <Typography.Text type="secondary" style={{ alignSelf: 'center' }}>
              {t('notify.texts.hint')}
            </Typography.Text>
          </>
        }
        columns={[
          {
            title: t('notify.about'),
            width: 130,
            render: (_, row) => <Typography.Text strong>{t(`notify.trigger.${row.trigger}`)}</Typography.Text>,
          },
          {
            title: t('notify.texts.channel'),
            width: 120,
            render: (_, row) =>
              row.channel === anyChannel ? t('notify.texts.any') : t(`notify.channel.${row.channel}`),
          },
          {
            title: t('notify.texts.words'),
            render: (_, row) => (
              <div style={{ maxWidth: 640, whiteSpace: 'normal' }}>
                <div>{row.title}</div>
                <Typography.Text type="secondary">{row.body}</Typography.Text>
              </div>
            ),
          },
          {
            title: t('notify.texts.origin'),
            width: 110,
            render: (_, row) => (
              <Tag color={row.version > 0 ? 'processing' : 'default'}>
                {t(row.version > 0 ? 'notify.texts.own' : 'notify.texts.standard')}
              </Tag>
            ),
          },
        ]}
        rows={rows}
        rowKey={(row) => `${row.trigger}:${row.channel}:${row.language}`}
        loading={isPending}
        error={error ? said(error) : undefined}
        onReload={() => void refetch()}
        onOpen={setEdited}
      />
      {edited && data ? (
        <TextEditor text={edited} placeholders={data.placeholders} onClose={() => setEdited(undefined)} />
      ) : null}
    </>
  );
}
