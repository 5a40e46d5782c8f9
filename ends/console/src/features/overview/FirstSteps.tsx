import { useT } from '@keystead/ui/i18n';
import { Button, Card, Flex, Steps, Typography } from 'antd';
import { Link } from 'react-router';
import { useListeners } from './queries.ts';

const here = ['localhost', '127.0.0.1', '[::1]'];

/** The clear port is open to this machine alone; from elsewhere devices come by TLS. */
function example(host: string, { mqtt, mqtts }: { mqtt: number; mqtts: number }, token: string): string {
  const way = here.includes(host) && mqtt > 0 ? `-p ${mqtt}` : `-p ${mqtts} --cafile ca.crt`;
  return `mosquitto_pub -h ${host} ${way} -q 1 -u "${token}" -t v1/devices/me/telemetry -m '{"temperature": 23.5}'`;
}

/** A fresh installation: three steps from nothing to the first value; those taken are ticked off. */
export function FirstSteps({ taken }: { taken: 0 | 1 | 2 }) {
  const t = useT();
  const listeners = useListeners();
  const go = (to: string, label: string) => (
    <Link to={to}>
      <Button type="primary">{label}</Button>
    </Link>
  );
  const step = (title: string, text: string, action: React.ReactNode) => ({
    title: <Typography.Text strong>{title}</Typography.Text>,
    content: (
      <Flex vertical gap={8} style={{ paddingBottom: 16 }}>
        <Typography.Text type="secondary">{text}</Typography.Text>
        <div>{action}</div>
      </Flex>
    ),
  });
  return (
    <Card>
      <Typography.Title level={5} style={{ marginTop: 0 }}>
        {t('overview.first.title')}
      </Typography.Title>
      <Steps
        orientation="vertical"
        current={taken}
        items={[
          step(t('overview.first.places'), t('overview.first.placesText'), go('/places', t('overview.first.toPlaces'))),
          step(t('overview.first.things'), t('overview.first.thingsText'), go('/things', t('overview.first.toThings'))),
          step(
            t('overview.first.send'),
            t('overview.first.sendText'),
            <Typography.Text code copyable style={{ wordBreak: 'break-all' }}>
              {listeners.data ? example(location.hostname, listeners.data, t('overview.first.token')) : '…'}
            </Typography.Text>,
          ),
        ]}
      />
    </Card>
  );
}
