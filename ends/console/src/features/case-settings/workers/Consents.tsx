import { useTexts } from '@keystead/ui/i18n';
import { Button, Card, Form, InputNumber, Table, Typography } from 'antd';
import { useState } from 'react';
import { FormDialog } from '../../../parts/index.ts';
import { sdk } from '../../../shell/sdk.ts';
import { useSession } from '../../../shell/session.tsx';
import { type Consent, consentsKey, useConsents } from '../queries.ts';
import { useSettingWords } from '../words.ts';

/** After how many days of silence work that is done counts as confirmed, by kind. */
export function Consents() {
  const { t } = useTexts();
  const { may } = useSession();
  const words = useSettingWords();
  const { data, isPending } = useConsents();
  const [edited, setEdited] = useState<Consent>();
  return (
    <Card
      size="small"
      title={t('caseSettings.crew.consents')}
      style={{ marginTop: 16 }}
      extra={<Typography.Text type="secondary">{t('caseSettings.crew.consentsHint')}</Typography.Text>}
    >
      <Table<Consent>
        size="small"
        pagination={false}
        loading={isPending}
        dataSource={data}
        rowKey={(row) => row.kind}
        columns={[
          { title: t('caseSettings.kind'), render: (_, row) => words.kind(row.kind) },
          { title: t('caseSettings.crew.days'), width: 120, align: 'right', render: (_, row) => row.days },
          {
            title: '',
            width: 90,
            render: (_, row) =>
              may('system:write') ? (
                <Button size="small" onClick={() => setEdited(row)}>
                  {t('caseSettings.crew.edit')}
                </Button>
              ) : null,
          },
        ]}
      />
      {edited ? (
        <FormDialog<{ days: number }>
          title={words.kind(edited.kind)}
          stale={[consentsKey]}
          initial={{ days: edited.days }}
          run={(body) => sdk.caseConsents.set({ params: { kind: edited.kind }, body })}
          onClose={() => setEdited(undefined)}
        >
          <Form.Item name="days" label={t('caseSettings.crew.days')} rules={[{ required: true }]}>
            <InputNumber min={1} max={90} precision={0} />
          </Form.Item>
        </FormDialog>
      ) : null}
    </Card>
  );
}
