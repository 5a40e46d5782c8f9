import { siteDate } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { App, Button, Drawer, Space, Tag, Typography } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { KindListPage, oneOf, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import {
  numberInForce,
  openPreview,
  type Template,
  type TemplateKind,
  templateKinds,
  useTemplates,
} from './queries.ts';

/** Wordings of contracts: every number there ever was, which one is used today, how each reads. */
export default function TemplatesPage() {
  const t = useT();
  const go = useNavigate();
  const { may } = useSession();
  const { message } = App.useApp();
  const { get } = useAddress();
  const kind = oneOf(templateKinds, get('kind'));
  const { data, error, isPending, refetch } = useTemplates();
  const [shown, setShown] = useState<Template>();
  const [opening, setOpening] = useState(false);
  const rows = data
    ?.filter((each) => !kind || each.kind === kind)
    .sort((a, b) => (a.kind === b.kind ? b.number - a.number : a.kind < b.kind ? -1 : 1));
  const state = ({ kind: of, number, effectiveOn }: Template) =>
    effectiveOn > siteDate() ? 'coming' : numberInForce(data ?? [], of, siteDate()) === number ? 'inForce' : 'past';
  const preview = async ({ kind: of, effectiveOn, title, clauses }: Template) => {
    setOpening(true);
    await openPreview({ kind: of as TemplateKind, effectiveOn, title, clauses }).catch((cause: unknown) =>
      message.error(said(cause)),
    );
    setOpening(false);
  };
  return (
    <>
      <KindListPage<Template>
        title={t('papers.title')}
        kindLabel={t('papers.kind')}
        kinds={templateKinds.map((value) => ({ value, label: t(`papers.kinds.${value}`) }))}
        write={may('lease:write') ? { label: t('papers.write'), to: '/contract-templates/new' } : undefined}
        columns={[
          { title: t('papers.kind'), width: 120, render: (_, row) => t(`papers.kinds.${row.kind}`) },
          { title: t('papers.number'), width: 80, align: 'right', render: (_, row) => row.number },
          { title: t('papers.heading'), render: (_, row) => row.title },
          { title: t('papers.effectiveOn'), width: 130, render: (_, row) => row.effectiveOn },
          {
            title: t('papers.state'),
            width: 110,
            render: (_, row) => (
              <Tag color={{ inForce: 'success', coming: 'processing', past: 'default' }[state(row)]}>
                {t(`papers.states.${state(row)}`)}
              </Tag>
            ),
          },
          { title: t('papers.note'), render: (_, row) => row.note || t('papers.shipped') },
          { title: t('papers.by'), width: 130, render: (_, row) => row.actorName || '—' },
        ]}
        rows={rows}
        rowKey={(row) => `${row.kind} ${row.number}`}
        loading={isPending}
        fault={error}
        onReload={() => void refetch()}
        onOpen={setShown}
      />
      <Drawer
        open={shown !== undefined}
        size={720}
        onClose={() => setShown(undefined)}
        title={shown ? `${t(`papers.kinds.${shown.kind}`)} · ${shown.number}` : ''}
        extra={
          shown ? (
            <Space>
              <Button loading={opening} onClick={() => void preview(shown)}>
                {t('papers.preview')}
              </Button>
              {may('lease:write') ? (
                <Button onClick={() => void go(`/contract-templates/new?kind=${shown.kind}&from=${shown.number}`)}>
                  {t('papers.fromThis')}
                </Button>
              ) : null}
            </Space>
          ) : null
        }
      >
        {shown ? (
          <>
            <Typography.Title level={5}>{shown.title}</Typography.Title>
            {shown.clauses.map(({ heading, text }) => (
              <div key={heading}>
                <Typography.Text strong>{heading}</Typography.Text>
                <Typography.Paragraph style={{ whiteSpace: 'pre-wrap' }}>{text}</Typography.Paragraph>
              </div>
            ))}
          </>
        ) : null}
      </Drawer>
    </>
  );
}
