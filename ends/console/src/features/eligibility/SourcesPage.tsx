import { useT } from '@keystead/ui/i18n';
import { ListPage } from '@keystead/ui/table';
import { Button, Form, Input, Tag } from 'antd';
import { useState } from 'react';
import { FormDialog } from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { eligibilityKey, useSources } from './queries.ts';

type Authority = Parameters<typeof sdk.eligibility.setSource>[0]['params']['kind'];

/** Where each stands in the list. Of the API's own type: an authority it knows more of, or no more, does not compile here. */
const places: Readonly<Record<Authority, number>> = {
  'civil-affairs': 1,
  'social-security': 2,
  police: 3,
  'real-estate': 4,
  'provident-fund': 5,
  tax: 6,
  vehicles: 7,
  market: 8,
};
const authorities = (Object.keys(places) as Authority[]).sort((a, b) => places[a] - places[b]);

/** Authorities that are asked when an application is accepted. A secret is written and never read again. */
export default function SourcesPage() {
  const t = useT();
  const { may } = useSession();
  const { data, error, isPending, refetch } = useSources();
  const [edited, setEdited] = useState<Authority>();
  const urlOf = (kind: Authority) => data?.find((each) => each.kind === kind)?.url;
  const required = [{ required: true, whitespace: true }];
  return (
    <>
      <ListPage<{ kind: Authority }>
        title={t('eligibility.sourcesTitle')}
        rows={authorities.map((kind) => ({ kind }))}
        rowKey={({ kind }) => kind}
        loading={isPending}
        error={error ? said(error) : undefined}
        onReload={() => void refetch()}
        columns={[
          { title: t('eligibility.source'), width: 160, render: (_, { kind }) => t(`eligibility.sources.${kind}`) },
          {
            title: t('eligibility.state'),
            width: 120,
            render: (_, { kind }) => (
              <Tag color={urlOf(kind) ? 'success' : 'default'}>
                {t(urlOf(kind) ? 'eligibility.asked' : 'eligibility.notAsked')}
              </Tag>
            ),
          },
          { title: t('eligibility.address'), render: (_, { kind }) => urlOf(kind) ?? '—' },
          {
            title: '',
            width: 90,
            render: (_, { kind }) =>
              may('eligibility:configure') ? (
                <Button size="small" onClick={() => setEdited(kind)}>
                  {t('eligibility.set')}
                </Button>
              ) : null,
          },
        ]}
      />
      {edited ? (
        <FormDialog<{ url: string; secret: string }>
          title={t(`eligibility.sources.${edited}`)}
          stale={[eligibilityKey]}
          initial={{ url: urlOf(edited) ?? '' }}
          run={(body) => sdk.eligibility.setSource({ params: { kind: edited }, body })}
          onClose={() => setEdited(undefined)}
        >
          <Form.Item name="url" label={t('eligibility.address')} rules={required}>
            <Input maxLength={500} placeholder="https://" />
          </Form.Item>
          <Form.Item
            name="secret"
            label={t('eligibility.secret')}
            extra={t('eligibility.secretHint')}
            rules={[{ required: true, min: 16 }]}
          >
            <Input.Password maxLength={200} autoComplete="new-password" />
          </Form.Item>
        </FormDialog>
      ) : null}
    </>
  );
}
