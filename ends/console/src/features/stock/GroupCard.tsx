import { useT } from '@keystead/ui/i18n';
import { App, Button, Card, Descriptions, Form, Input, Select, Tag } from 'antd';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Group, groups, placeFields, storedValue, typedValue } from './fields.ts';
import { type House, useChangeHouse } from './queries.ts';

const ownershipKinds = ['government', 'state-owned', 'enterprise', 'leased-in', 'other'];

/** One group of the file: read, and edited in place. Fields that are required and missing are marked. */
export function GroupCard({ house, group }: { house: House; group: Group }) {
  const t = useT();
  const { message } = App.useApp();
  const { may } = useSession();
  const [editing, setEditing] = useState(false);
  const [form] = Form.useForm<Record<string, string>>();
  const change = useChangeHouse(house);
  const own: Record<string, unknown> = house.dossier[group] ?? {};
  const score = house.groups[group];
  const ofPlace: readonly string[] = group === 'building' ? placeFields : [];
  const fields = [...groups[group], ...ofPlace];
  const kept = (field: string) => (ofPlace.includes(field) ? house.attributes[field] : own[field]);
  const shown = (field: string): string => {
    const value = typedValue(field, kept(field));
    return field === 'kind' && value ? t(`stock.ownership.${value}`) : value;
  };

  function save(typed: Record<string, string>): void {
    const entries = (names: readonly string[]) =>
      Object.fromEntries(names.map((field) => [field, storedValue(field, typed[field] ?? '')]));
    const body = {
      [group]: entries(groups[group]),
      ...(ofPlace.length > 0 ? { place: { attributes: entries(ofPlace) } } : {}),
    };
    change.mutate(body, { onSuccess: () => setEditing(false), onError: (cause) => void message.error(said(cause)) });
  }

  return (
    <Card
      size="small"
      title={
        <>
          {t(`stock.group.${group}`)}{' '}
          <Tag color={score && score.filled === score.required ? 'success' : 'warning'}>
            {score?.filled}/{score?.required}
          </Tag>
        </>
      }
      extra={
        may('house:write') && !editing ? (
          <Button type="link" onClick={() => setEditing(true)}>
            {t('stock.edit')}
          </Button>
        ) : null
      }
    >
      {editing ? (
        <Form
          form={form}
          layout="vertical"
          onFinish={save}
          initialValues={Object.fromEntries(fields.map((field) => [field, typedValue(field, kept(field))]))}
        >
          {fields.map((field) => (
            <Form.Item key={field} name={field} label={t(`stock.field.${field}`)} style={{ marginBottom: 8 }}>
              {field === 'kind' ? (
                <Select
                  allowClear
                  options={ownershipKinds.map((value) => ({ value, label: t(`stock.ownership.${value}`) }))}
                />
              ) : (
                <Input maxLength={200} />
              )}
            </Form.Item>
          ))}
          <Button type="primary" htmlType="submit" loading={change.isPending}>
            {t('stock.save')}
          </Button>{' '}
          <Button onClick={() => setEditing(false)}>{t('stock.cancel')}</Button>
        </Form>
      ) : (
        <Descriptions
          size="small"
          column={1}
          items={fields.map((field) => ({
            key: field,
            label: t(`stock.field.${field}`),
            children:
              shown(field) ||
              (house.missing.includes(`${group}.${field}`) ? <Tag color="warning">{t('stock.missing')}</Tag> : '—'),
          }))}
        />
      )}
    </Card>
  );
}
