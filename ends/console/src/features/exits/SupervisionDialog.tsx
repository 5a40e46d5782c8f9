import { useT } from '@keystead/ui/i18n';
import { Form, Input, Skeleton } from 'antd';
import { FormDialog } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { all, useSupervision } from './queries.ts';

/** Where results are reported to. */
export function SupervisionDialog({ onClose }: { onClose(): void }) {
  const t = useT();
  const { data } = useSupervision(true);
  return (
    <FormDialog<{ url: string }>
      key={data?.url ?? ''}
      title={t('exits.supervision')}
      initial={{ url: data?.url ?? '' }}
      stale={[all]}
      run={(body) => sdk.exits.setSupervision({ body })}
      onClose={onClose}
    >
      {data ? (
        <Form.Item
          name="url"
          label={t('exits.url')}
          extra={t('exits.urlHint')}
          rules={[{ required: true, pattern: /^https?:\/\//, message: t('exits.urlWrong') }]}
        >
          <Input maxLength={500} placeholder="https://" />
        </Form.Item>
      ) : (
        <Skeleton active paragraph={{ rows: 1 }} />
      )}
    </FormDialog>
  );
}
