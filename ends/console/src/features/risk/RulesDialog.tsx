import { useT } from '@keystead/ui/i18n';
import { Form, InputNumber, Space, Typography } from 'antd';
import { FormDialog } from '../../parts/index.ts';
import { sdk } from '../../shell/sdk.ts';
import type { RiskRules } from './queries.ts';

const ladders = ['arrearsDays'] as const;
const numbers = [
  ['stillWater', 0, 10_000],
  ['stillElectricity', 0, 1000],
  ['vacantUseDays', 1, 60],
  ['strangers', 2, 60],
  ['lockTroubles', 1, 1000],
] as const;
/** Fields of whole numbers; the others are quantities. */
const whole = new Set<string>(['vacantUseDays', 'strangers', 'lockTroubles']);

interface RulesDialogProps {
  rules: RiskRules;
  version: number;
  onClose(): void;
}

/** The numbers homes and leases are judged by; they hold from the next look on. */
export function RulesDialog({ rules, version, onClose }: RulesDialogProps) {
  const t = useT();
  const required = [{ required: true, message: t('risk.required') }];
  return (
    <FormDialog<RiskRules>
      title={t('risk.rules')}
      width={620}
      initial={rules}
      stale={[['risk', 'rules']]}
      run={(body) => sdk.risk.setRules({ body }, { ifMatch: version })}
      onClose={onClose}
    >
      <Typography.Paragraph type="secondary">{t('risk.rulesNote')}</Typography.Paragraph>
      {ladders.map((name) => (
        <Form.Item key={name} label={t(`risk.rule.${name}`)} required>
          <Space>
            {[0, 1, 2].map((n) => (
              <Form.Item key={n} name={[name, n]} noStyle rules={required}>
                <InputNumber
                  min={1}
                  max={200}
                  precision={0}
                  prefix={t('risk.ofGrade', { grade: 3 - n })}
                  aria-label={`${t(`risk.rule.${name}`)} ${3 - n}`}
                  style={{ width: 150 }}
                />
              </Form.Item>
            ))}
          </Space>
        </Form.Item>
      ))}
      <div style={{ display: 'grid', gridTemplateColumns: '1fr 1fr', columnGap: 16 }}>
        {numbers.map(([name, min, max]) => (
          <Form.Item key={name} name={name} label={t(`risk.rule.${name}`)} rules={required}>
            <InputNumber min={min} max={max} style={{ width: '100%' }} {...(whole.has(name) ? { precision: 0 } : {})} />
          </Form.Item>
        ))}
      </div>
    </FormDialog>
  );
}
