import { useT } from '@keystead/ui/i18n';
import { Form, Input, Typography } from 'antd';
import { FormDialog, PlaceChoice } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { type DraftBody, type Pack, policyKey } from './queries.ts';

interface Filled {
  place: string;
  title: string;
  code: string;
}

interface PlaceDraftProps {
  pack: Pack;
  onClose(): void;
  onDrafted(id: string): void;
}

/** Begins a pack for one place and all below it, with the numbers of another; there the nearest pack decides. */
export function PlaceDraft({ pack, onClose, onDrafted }: PlaceDraftProps) {
  const t = useT();
  const required = [{ required: true, whitespace: true }];
  return (
    <FormDialog<Filled, { id: string }>
      title={t('policy.forPlace')}
      stale={[policyKey]}
      initial={{ title: pack.title }}
      run={(body) => sdk.policy.draft({ params: { id: pack.id }, body: body satisfies DraftBody })}
      onClose={onClose}
      onDone={({ id }) => onDrafted(id)}
    >
      <Typography.Paragraph type="secondary">{t('policy.forPlaceNote')}</Typography.Paragraph>
      <Form.Item name="place" label={t('policy.place')} rules={[{ required: true }]}>
        <PlaceChoice style={{ width: '100%' }} />
      </Form.Item>
      <Form.Item name="title" label={t('policy.name')} rules={required}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item
        name="code"
        label={t('policy.code')}
        rules={[{ required: true, pattern: /^[a-z][a-z0-9-]{0,40}$/ }]}
        extra={t('policy.codeHint')}
      >
        <Input maxLength={40} />
      </Form.Item>
    </FormDialog>
  );
}
