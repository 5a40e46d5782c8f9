import { useT } from '@keystead/ui/i18n';
import { Form, Input, InputNumber, Select } from 'antd';
import { FieldRows, FormDialog, meters, PhotoField, thousandthsOf, useMeterName } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { all } from './queries.ts';

interface Filled {
  readings: { subject: string; value: number }[];
  furniture: { item: string; count: number; condition: string }[];
  photos?: string[];
}

/** The handover: what the meters say, what stands in the house and how, photos. */
export function HandoverDialog({ process, onClose }: { process: string; onClose(): void }) {
  const t = useT();
  const nameOf = useMeterName();
  const params = { id: process };
  const needed = [{ required: true, message: t('movein.needed') }];
  return (
    <FormDialog<Filled>
      title={t('movein.handOver')}
      width={720}
      initial={{
        readings: [{ subject: 'water' }, { subject: 'electricity' }] as Filled['readings'],
        furniture: [],
        photos: [],
      }}
      stale={[all]}
      run={({ readings, furniture, photos = [] }) =>
        sdk.moveIns.checkIn({
          params,
          body: {
            readings: Object.fromEntries(readings.map(({ subject, value }) => [subject, thousandthsOf(value)])),
            ...{ furniture, photos },
          },
        })
      }
      onClose={onClose}
    >
      <FieldRows name="readings" label={t('movein.readings')} add={t('movein.addReading')} remove={t('movein.remove')}>
        {(at) => (
          <>
            <Form.Item name={[at, 'subject']} rules={needed} style={{ width: 180 }}>
              <Select
                aria-label={t('movein.meter')}
                options={meters.map((value) => ({ value, label: nameOf(value) }))}
              />
            </Form.Item>
            <Form.Item name={[at, 'value']} rules={needed}>
              <InputNumber
                min={0}
                max={1e9}
                precision={3}
                style={{ width: 200 }}
                placeholder={t('movein.reading')}
                aria-label={t('movein.reading')}
              />
            </Form.Item>
          </>
        )}
      </FieldRows>
      <FieldRows
        name="furniture"
        label={t('movein.furniture')}
        fresh={{ count: 1, condition: t('movein.intact') }}
        add={t('movein.addItem')}
        remove={t('movein.remove')}
      >
        {(at) => (
          <>
            <Form.Item name={[at, 'item']} rules={needed}>
              <Input maxLength={60} placeholder={t('movein.item')} aria-label={t('movein.item')} />
            </Form.Item>
            <Form.Item name={[at, 'count']} rules={needed}>
              <InputNumber min={0} max={1000} precision={0} aria-label={t('movein.count')} />
            </Form.Item>
            <Form.Item name={[at, 'condition']} rules={needed} style={{ flex: 1 }}>
              <Input maxLength={200} placeholder={t('movein.condition')} aria-label={t('movein.condition')} />
            </Form.Item>
          </>
        )}
      </FieldRows>
      <Form.Item name="photos" label={t('movein.photos')}>
        <PhotoField
          put={(photo) =>
            sdk.moveIns.putPhoto({ params, query: { name: photo.name, mediaType: photo.type }, body: photo })
          }
        />
      </Form.Item>
    </FormDialog>
  );
}
