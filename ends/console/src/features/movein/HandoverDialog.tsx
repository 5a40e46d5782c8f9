import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Button, Flex, Form, Input, InputNumber, Select } from 'antd';
import { FormDialog, PhotoField } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { all } from './queries.ts';

const meters = ['water', 'hot-water', 'electricity', 'gas', 'heat'] as const;

interface Filled {
  readings: { subject: string; value: number }[];
  furniture: { item: string; count: number; condition: string }[];
  photos?: string[];
}

/** The handover: what the meters say, what stands in the house and how, photos. */
export function HandoverDialog({ process, onClose }: { process: string; onClose(): void }) {
  const t = useT();
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
            readings: Object.fromEntries(readings.map(({ subject, value }) => [subject, Math.round(value * 1000)])),
            ...{ furniture, photos },
          },
        })
      }
      onClose={onClose}
    >
      <Form.List name="readings">
        {(fields, { add, remove }) => (
          <Form.Item label={t('movein.readings')}>
            {fields.map(({ key, name }) => (
              <Flex key={key} gap={8} align="start">
                <Form.Item name={[name, 'subject']} rules={needed} style={{ width: 180 }}>
                  <Select
                    aria-label={t('movein.meter')}
                    options={meters.map((value) => ({ value, label: t(`movein.meters.${value}`) }))}
                  />
                </Form.Item>
                <Form.Item name={[name, 'value']} rules={needed}>
                  <InputNumber
                    min={0}
                    max={1e9}
                    precision={3}
                    style={{ width: 200 }}
                    placeholder={t('movein.reading')}
                    aria-label={t('movein.reading')}
                  />
                </Form.Item>
                <Button icon={<DeleteOutlined />} aria-label={t('movein.remove')} onClick={() => remove(name)} />
              </Flex>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({})}>
              {t('movein.addReading')}
            </Button>
          </Form.Item>
        )}
      </Form.List>
      <Form.List name="furniture">
        {(fields, { add, remove }) => (
          <Form.Item label={t('movein.furniture')}>
            {fields.map(({ key, name }) => (
              <Flex key={key} gap={8} align="start">
                <Form.Item name={[name, 'item']} rules={needed}>
                  <Input maxLength={60} placeholder={t('movein.item')} aria-label={t('movein.item')} />
                </Form.Item>
                <Form.Item name={[name, 'count']} rules={needed}>
                  <InputNumber min={0} max={1000} precision={0} aria-label={t('movein.count')} />
                </Form.Item>
                <Form.Item name={[name, 'condition']} rules={needed} style={{ flex: 1 }}>
                  <Input maxLength={200} placeholder={t('movein.condition')} aria-label={t('movein.condition')} />
                </Form.Item>
                <Button icon={<DeleteOutlined />} aria-label={t('movein.remove')} onClick={() => remove(name)} />
              </Flex>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({ count: 1, condition: t('movein.intact') })}>
              {t('movein.addItem')}
            </Button>
          </Form.Item>
        )}
      </Form.List>
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
