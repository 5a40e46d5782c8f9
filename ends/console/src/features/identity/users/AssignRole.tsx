import { fromSiteTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Alert, Button, DatePicker, Flex, Form, Radio } from 'antd';
import { useState } from 'react';
import { PlaceChoice, RoleChoice, useRefusal } from '../../../parts/index.ts';
import { said, sdk } from '../../../shell/sdk.ts';
import { useConfirming } from '../confirming.tsx';
import { type AssignmentDraft, type User, useUserChange } from '../queries.ts';

interface Filled {
  role: string;
  reach: AssignmentDraft['reach'];
  places?: string[];
}

const reaches: AssignmentDraft['reach'][] = ['organisation', 'places', 'own'];

/** Giving a user a role: the whole organisation, chosen parts of the tree, or his own only; for ever or for a time. */
export function AssignRole({ user, onDone }: { user: User; onDone(): void }) {
  const t = useT();
  const [form] = Form.useForm<Filled>();
  const reach = Form.useWatch('reach', form);
  const [period, setPeriod] = useState<[string, string]>(['', '']);
  const [problem, setProblem] = useState<string>();
  const refuse = useRefusal();
  const { confirmed, dialog } = useConfirming();
  const assign = useUserChange((body: AssignmentDraft) =>
    confirmed(() => sdk.users.assign({ params: { id: user.id }, body })),
  );

  async function submit({ role, reach: chosen, places }: Filled) {
    setProblem(undefined);
    const [from, until] = period.map(fromSiteTime);
    try {
      await assign.mutateAsync({
        role,
        reach: chosen,
        ...(chosen === 'places' ? { places: places ?? [] } : {}),
        ...(from ? { validFrom: from.toISOString() } : {}),
        ...(until ? { validUntil: until.toISOString() } : {}),
      });
      onDone();
    } catch (cause) {
      setProblem(said(cause));
      refuse(form, cause, ([name, ...rest]) => (name === 'places' ? ['places'] : [name ?? 'role', ...rest]));
    }
  }

  return (
    <>
      {problem ? <Alert type="error" showIcon title={problem} style={{ marginBottom: 12 }} /> : null}
      <Form<Filled>
        form={form}
        layout="vertical"
        initialValues={{ reach: 'organisation' }}
        onFinish={(filled) => void submit(filled)}
      >
        <Form.Item name="role" label={t('identity.role')} rules={[{ required: true, message: t('identity.needRole') }]}>
          <RoleChoice style={{ width: '100%' }} />
        </Form.Item>
        <Form.Item name="reach" label={t('identity.reach')}>
          <Radio.Group options={reaches.map((each) => ({ value: each, label: t(`identity.reaches.${each}`) }))} />
        </Form.Item>
        {reach === 'places' ? (
          <Form.Item
            name="places"
            label={t('identity.places')}
            extra={t('identity.placesHint')}
            rules={[{ required: true, message: t('identity.needPlaces') }]}
          >
            <PlaceChoice multiple style={{ width: '100%' }} />
          </Form.Item>
        ) : null}
        <Form.Item label={t('identity.period')} extra={t('identity.periodHint')}>
          <DatePicker.RangePicker
            showTime={{ format: 'HH:mm' }}
            format="YYYY-MM-DD HH:mm"
            allowEmpty={[true, true]}
            style={{ width: '100%' }}
            aria-label={t('identity.period')}
            onChange={(_, text) => setPeriod(text ? [text[0], text[1]] : ['', ''])}
          />
        </Form.Item>
        <Flex gap={8}>
          <Button type="primary" htmlType="submit" loading={assign.isPending}>
            {t('identity.assign')}
          </Button>
          <Button onClick={onDone}>{t('identity.cancel')}</Button>
        </Flex>
      </Form>
      {dialog}
    </>
  );
}
