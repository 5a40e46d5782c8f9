import { useT } from '@keystead/ui/i18n';
import { Form, Input, InputNumber, Skeleton, Typography } from 'antd';
import {
  DialFields,
  type Dials,
  FieldRows,
  FormDialog,
  minorOf,
  PhotoField,
  readingsOf,
  SiteTimeField,
} from '../../parts/index.ts';
import { said, sdk } from '../../shell/sdk.ts';
import { all, type Exit, useMeters } from './queries.ts';

interface Filled {
  lastDay: string;
  dials?: Dials;
  damages?: { text: string; amount: number }[];
  photos?: string[];
  note?: string;
}

/** The meters of the home up to the last day that was chosen. */
function DialsOf({ exit }: { exit: string }) {
  const t = useT();
  const lastDay: string | undefined = Form.useWatch('lastDay');
  const told = useMeters(exit, lastDay);
  if (!lastDay) return <Typography.Paragraph type="secondary">{t('exits.dayFirst')}</Typography.Paragraph>;
  if (told.isPending) return <Skeleton active paragraph={{ rows: 3 }} />;
  return (
    <>
      {told.error ? <Typography.Text type="warning">{said(told.error)}</Typography.Text> : null}
      <DialFields told={told.data ?? none} />
    </>
  );
}

const none: readonly never[] = [];

/** What the inspection found: last day, meters, damages, photos. */
export function InspectDialog({ exit, onClose }: { exit: Exit; onClose(): void }) {
  const t = useT();
  const params = { id: exit.id };
  const needed = [{ required: true, message: t('exits.needed') }];
  return (
    <FormDialog<Filled>
      title={t('exits.do.inspect')}
      width={720}
      stale={[all]}
      run={({ lastDay, dials, damages = [], photos = [], note = '' }) =>
        sdk.exits.inspect(
          {
            params,
            body: {
              ...{ lastDay, photos, note },
              usages: readingsOf(dials),
              damages: damages.map(({ text, amount }) => ({ text, amount: minorOf(amount) })),
            },
          },
          { ifMatch: exit.version },
        )
      }
      onClose={onClose}
    >
      <Form.Item name="lastDay" label={t('exits.lastDay')} extra={t('exits.lastDayHint')} rules={needed}>
        <SiteTimeField day />
      </Form.Item>
      <DialsOf exit={exit.id} />
      <FieldRows name="damages" label={t('exits.damages')} add={t('exits.addDamage')} remove={t('exits.remove')}>
        {(at) => (
          <>
            <Form.Item name={[at, 'text']} rules={needed} style={{ flex: 1 }}>
              <Input maxLength={200} placeholder={t('exits.damage')} aria-label={t('exits.damage')} />
            </Form.Item>
            <Form.Item name={[at, 'amount']} rules={needed}>
              <InputNumber
                min={0.01}
                max={1e7}
                precision={2}
                style={{ width: 160 }}
                placeholder={t('exits.amount')}
                aria-label={t('exits.amount')}
              />
            </Form.Item>
          </>
        )}
      </FieldRows>
      <Form.Item name="photos" label={t('exits.photos')}>
        <PhotoField
          put={(photo) =>
            sdk.exits.putPhoto({ params, query: { name: photo.name, mediaType: photo.type }, body: photo })
          }
        />
      </Form.Item>
      <Form.Item name="note" label={t('exits.note')}>
        <Input.TextArea maxLength={1000} />
      </Form.Item>
    </FormDialog>
  );
}
