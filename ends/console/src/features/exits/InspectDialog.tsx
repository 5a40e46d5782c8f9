import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { useT } from '@keystead/ui/i18n';
import { Button, Flex, Form, Input, InputNumber, Select } from 'antd';
import { FormDialog, minorOf, PhotoField, SiteTimeField } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import { all, type Exit } from './queries.ts';

const meters = ['water', 'electricity', 'gas', 'heat'] as const;

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
                ...{ subject, begin: Math.round(begin * 1000), end: Math.round(end * 1000) },
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
      <Form.List name="usages">
        {(fields, { add, remove }) => (
          <Form.Item label={t('exits.usages')}>
            {fields.map(({ key, name }) => (
              <Flex key={key} gap={8} align="start">
                <Form.Item name={[name, 'subject']} rules={needed} style={{ width: 140 }}>
                  <Select
                    aria-label={t('exits.meter')}
                    options={meters.map((value) => ({ value, label: t(`exits.meters.${value}`) }))}
                  />
                </Form.Item>
                {(['begin', 'end'] as const).map((which) => (
                  <Form.Item key={which} name={[name, which]} rules={needed}>
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
                <Button icon={<DeleteOutlined />} aria-label={t('exits.remove')} onClick={() => remove(name)} />
              </Flex>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({})}>
              {t('exits.addUsage')}
            </Button>
          </Form.Item>
        )}
      </Form.List>
      <Form.List name="damages">
        {(fields, { add, remove }) => (
          <Form.Item label={t('exits.damages')}>
            {fields.map(({ key, name }) => (
              <Flex key={key} gap={8} align="start">
                <Form.Item name={[name, 'text']} rules={needed} style={{ flex: 1 }}>
                  <Input maxLength={200} placeholder={t('exits.damage')} aria-label={t('exits.damage')} />
                </Form.Item>
                <Form.Item name={[name, 'amount']} rules={needed}>
                  <InputNumber
                    min={0.01}
                    max={1e7}
                    precision={2}
                    style={{ width: 160 }}
                    placeholder={t('exits.amount')}
                    aria-label={t('exits.amount')}
                  />
                </Form.Item>
                <Button icon={<DeleteOutlined />} aria-label={t('exits.remove')} onClick={() => remove(name)} />
              </Flex>
            ))}
            <Button icon={<PlusOutlined />} onClick={() => add({})}>
              {t('exits.addDamage')}
            </Button>
          </Form.Item>
        )}
      </Form.List>
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
