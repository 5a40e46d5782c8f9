import { KeyValue } from '@keystead/ui/facts';
import { dateTime, unitSymbol } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Alert, Button, Drawer, Flex, Form, Input, Radio, Space, Typography } from 'antd';
import { AboutLink, RecordPhoto } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type Check, type Review, useCheck, useReview, verdicts } from './queries.ts';
import { Difference, registerText, StateTag } from './words.tsx';

/** One photographed dial: the picture, both values, how far they are apart, and what a person says of it. */
export function CheckDrawer({ id, onClose }: { id: string | undefined; onClose(): void }) {
  const { t } = useTexts();
  const { data, error, isPending } = useCheck(id);
  return (
    <Drawer open={id !== undefined} onClose={onClose} size={560} loading={isPending} title={t('dials.one')}>
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      {data ? <Whole key={data.id} check={data} /> : null}
    </Drawer>
  );
}

function Whole({ check }: { check: Check }) {
  const { t, language } = useTexts();
  const { may } = useSession();
  const counter = language === 'en' ? check.propertyName.en : check.propertyName.zh;
  return (
    <Flex vertical gap={16}>
      <Space size={16} wrap>
        <AboutLink kind="thing" id={check.thing} words={`${check.thingName} · ${check.thingCode}`} />
        <StateTag state={check.state} />
      </Space>
      {may('record:read') ? (
        <RecordPhoto record={check.photo} purpose={t('dials.purpose')} alt={t('dials.photoOf')} size="large" />
      ) : (
        <Typography.Text type="secondary">{t('dials.photoKept')}</Typography.Text>
      )}
      <Flex gap={32} wrap>
        <Figure label={t('dials.dial')} value={`${check.dial} ${unitSymbol(check.unit)}`} />
        <Figure label={t('dials.register')} value={registerText(check)} />
        <Figure label={t('dials.difference')} value={<Difference check={check} />} />
      </Flex>
      <KeyValue
        columns={1}
        facts={[
          { key: 'counter', label: t('dials.counter'), value: counter },
          { key: 'taken', label: t('dials.takenAt'), value: `${dateTime(check.takenAt)} · ${check.actorName}` },
          { key: 'said', label: t('dials.registerTime'), value: dateTime(check.registerTime) },
          ...(check.firstDial
            ? [{ key: 'first', label: t('dials.firstDial'), value: `${check.firstDial} · ${check.actorName}` }]
            : []),
          ...(check.reviewedAt
            ? [
                {
                  key: 'verdict',
                  label: t('dials.verdict'),
                  value: `${t(`dials.verdicts.${check.state}`)} · ${check.reviewerName} · ${dateTime(check.reviewedAt)}`,
                },
                { key: 'note', label: t('dials.note'), value: check.note },
              ]
            : []),
        ]}
      />
      {check.reviewedAt === null && may('dial:review') ? <ReviewForm check={check} /> : null}
    </Flex>
  );
}

function Figure({ label, value }: { label: string; value: React.ReactNode }) {
  return (
    <div>
      <Typography.Text type="secondary">{label}</Typography.Text>
      <div style={{ fontSize: 20, fontVariantNumeric: 'tabular-nums' }}>{value}</div>
    </div>
  );
}

/** What is right, and the digits where they were misread. */
function ReviewForm({ check }: { check: Check }) {
  const { t } = useTexts();
  const review = useReview(check.id);
  return (
    <Form<Review>
      layout="vertical"
      initialValues={{ dial: check.dial, note: '' }}
      onFinish={({ dial, ...rest }) => review.mutate({ ...rest, ...(dial && dial !== check.dial ? { dial } : {}) })}
    >
      {review.error ? <Alert type="error" showIcon title={said(review.error)} style={{ marginBottom: 12 }} /> : null}
      <Form.Item
        name="verdict"
        label={t('dials.verdict')}
        rules={[{ required: true, message: t('dials.needVerdict') }]}
        {...(check.own ? { extra: t('dials.ownPhoto') } : {})}
      >
        <Radio.Group
          vertical
          options={verdicts.map((value) => ({
            value,
            label: t(`dials.verdicts.${value}`),
            disabled: value === 'corrected' && check.own,
          }))}
        />
      </Form.Item>
      <Form.Item
        name="dial"
        label={t('dials.asRead')}
        extra={t('dials.asReadHint')}
        rules={[{ required: true, pattern: /^\d{1,12}(\.\d{1,6})?$/, message: t('dials.digits') }]}
      >
        <Input style={{ width: 200 }} inputMode="decimal" />
      </Form.Item>
      <Form.Item name="note" label={t('dials.note')}>
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={review.isPending}>
        {t('dials.conclude')}
      </Button>
    </Form>
  );
}
