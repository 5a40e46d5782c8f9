import { useT } from '@keystead/ui/i18n';
import { Form, Input, InputNumber, Select } from 'antd';
import {
  FieldRows,
  FormDialog,
  meters,
  minorOf,
  PhotoField,
  SiteTimeField,
  thousandthsOf,
  useMeterName,
} from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { all, type Exit } from './queries.ts';

interface Filled {
  lastDay: string;
  usages?: { subject: string; begin: number; end: number }[];
  damages?: { text: string; amount: number }[];
  photos?: string[];
  note?: string;
}

/** What the inspection found: last day, meters, damages, photos. */
export function InspectDialog({ exit, onClose }: { exit: Exit; onClose(): void }) {
  const t = useT();
  const nameOf = useMeterName();
  const params = { id: exit.id };
  const needed = [{ required: true, message: t('exits.needed') }];
  return (
    <FormDialog<Filled>
      title={t('exits.do.inspect')}
      width={720}
      stale={[all]}
      run={({ lastDay, usages = [], damages = [], photos = [], note = '' }) =>
        sdk.exits.inspect(
          {
            params,
            body: {
              ...{ lastDay, photos, note },
              usages: usages.map(({ subject, begin, end }) => ({
                ...{ subject, begin: thousandthsOf(begin), end: thousandthsOf(end) },
              })),
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
      <FieldRows name="usages" label={t('exits.usages')} add={t('exits.addUsage')} remove={t('exits.remove')}>
        {(at) => (
          <>
            <Form.Item name={[at, 'subject']} rules={needed} style={{ width: 170 }}>
              <Select
                aria-label={t('exits.meter')}
                options={meters.map((value) => ({ value, label: nameOf(value) }))}
              />
            </Form.Item>
            {(['begin', 'end'] as const).map((which) => (
              <Form.Item key={which} name={[at, which]} rules={needed}>
                <InputNumber
                  min={0}
                  max={1e9}
                  precision={3}
                  style={{ width: 180 }}
                  placeholder={t(`exits.reading.${which}`)}
                  aria-label={t(`exits.reading.${which}`)}
                />
              </Form.Item>
            ))}
          </>
        )}
      </FieldRows>
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
