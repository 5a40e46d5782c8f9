import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { Flex, Form, InputNumber, Typography } from 'antd';
import { useEffect } from 'react';
import { thousandthsOf, useMeterName } from './meters.ts';

/** What a meter of a house that is left tells by itself; thousandths of the unit. */
export interface DialTold {
  readonly subject: string;
  readonly begin: { readonly value: number; readonly rule: string } | null;
  readonly end: { readonly value: number; readonly rule: string } | null;
  readonly at: string | null;
}
export type Dials = Record<string, { begin?: number | null; end?: number | null }>;

const dialsOf = (told: readonly DialTold[]): Dials =>
  Object.fromEntries(
    told.map(({ subject, begin, end }) => [
      subject,
      { ...(begin ? { begin: begin.value / 1000 } : {}), ...(end ? { end: end.value / 1000 } : {}) },
    ]),
  );

/** The dials that were filled in from both ends, in thousandths. */
export const readingsOf = (dials: Dials = {}): { subject: string; begin: number; end: number }[] =>
  Object.entries(dials).flatMap(([subject, { begin, end }]) =>
    typeof begin === 'number' && typeof end === 'number'
      ? [{ subject, begin: thousandthsOf(begin), end: thousandthsOf(end) }]
      : [],
  );

/** Water and electricity where nothing is known. */
const unknown: readonly DialTold[] = ['water', 'electricity'].map((subject) => ({
  ...{ subject, begin: null, end: null, at: null },
}));

/** Both ends of each meter, filled in as far as it told by itself, and by what each figure is known. A field `dials` of the form. */
export function DialFields({ told }: { told: readonly DialTold[] }) {
  const t = useT();
  const nameOf = useMeterName();
  const form = Form.useFormInstance<{ dials?: Dials }>();
  useEffect(() => {
    form.setFieldsValue({ dials: dialsOf(told) });
  }, [form, told]);
  const sourceOf = ({ begin, end, at }: DialTold): string =>
    [
      begin ? `${t('parts.dial.begin')}：${t(`parts.dial.rules.${begin.rule}`)}` : t('parts.dial.beginUnknown'),
      end ? `${t('parts.dial.end')}：${t(`parts.dial.rules.${end.rule}`)} ${dateTime(at)}` : t('parts.dial.endUnknown'),
    ].join(' · ');
  return (told.length > 0 ? told : unknown).map((each) => (
    <Form.Item key={each.subject} label={nameOf(each.subject)}>
      <Flex gap={8}>
        {(['begin', 'end'] as const).map((which) => (
          <Form.Item key={which} name={['dials', each.subject, which]} noStyle>
            <InputNumber
              min={0}
              max={1e9}
              precision={3}
              style={{ width: 200 }}
              placeholder={t(`parts.dial.${which}`)}
              aria-label={`${nameOf(each.subject)} ${t(`parts.dial.${which}`)}`}
            />
          </Form.Item>
        ))}
      </Flex>
      <Typography.Text type="secondary">{sourceOf(each)}</Typography.Text>
    </Form.Item>
  ));
}
