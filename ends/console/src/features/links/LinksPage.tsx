import { FigureCard } from '@keystead/ui/figure';
import { useT } from '@keystead/ui/i18n';
import { Alert, Card, Col, Flex, Row, Segmented, Select, Typography } from 'antd';
import { bearers, oneOf, PlaceChoice, useAddress } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { HistoryCard, SignalCard } from './charts.tsx';
import { DelayCard } from './DelayCard.tsx';
import { milliseconds, share, together } from './figures.ts';
import { GroupTable } from './GroupTable.tsx';
import { LineTable } from './LineTable.tsx';
import { type Choice, useLines, useSummary } from './queries.ts';

const groupings = ['bearer', 'site', 'site-bearer', 'route'] as const;
const flaws = ['weak', 'stale', 'lossy', 'damaged', 'offline'] as const;

/** The lines of all things: who is there, how strong the signal is, what is lost, how long a word takes. */
export default function LinksPage() {
  const t = useT();
  const { get, put } = useAddress();
  const place = get('place');
  const bearer = oneOf(bearers, get('bearer'));
  const by = oneOf(groupings, get('by')) ?? 'bearer';
  const only = oneOf(flaws, get('only')) ?? 'weak';
  const choice: Choice = { place, bearer };
  const summary = useSummary(by, choice);
  const lines = useLines(only, choice);
  const sum = together(summary.data ?? []);
  const shared = { loading: summary.isPending, error: summary.error ? said(summary.error) : undefined };
  const cards = [
    {
      label: t('links.rate'),
      value: share(sum.rate),
      note: t('links.ofThings', { online: sum.online, total: sum.total }),
    },
    { label: t('links.loss'), value: share(sum.loss) },
    { label: t('links.latency'), value: milliseconds(sum.latency) },
    { label: t('links.weak'), value: sum.weak },
    { label: t('links.stale'), value: sum.stale, note: t('links.staleHint') },
  ];
  return (
    <Flex vertical gap={12}>
      <Flex gap={12} wrap align="center">
        <Typography.Title level={4} style={{ margin: 0, marginRight: 'auto' }}>
          {t('links.title')}
        </Typography.Title>
        <PlaceChoice by="path" value={place} onChange={(path) => put({ place: path })} />
        <Select
          allowClear
          style={{ width: 170 }}
          placeholder={t('links.by.bearer')}
          aria-label={t('links.by.bearer')}
          value={bearer}
          onChange={(chosen?: string) => put({ bearer: chosen })}
          options={bearers.map((value) => ({ value, label: t(`parts.bearers.${value}`) }))}
        />
      </Flex>
      <Row gutter={[12, 12]}>
        {cards.map(({ label, value, note }) => (
          <Col key={label} flex="1 1 160px">
            <FigureCard label={label} value={value} note={note} {...shared} />
          </Col>
        ))}
      </Row>
      <Row gutter={[12, 12]}>
        <Col xs={24} xl={10}>
          <SignalCard choice={choice} />
        </Col>
        <Col xs={24} xl={14}>
          <HistoryCard choice={choice} />
        </Col>
      </Row>
      <Card
        size="small"
        title={t('links.groups')}
        extra={
          <Segmented
            size="small"
            value={by}
            onChange={(chosen) => put({ by: chosen })}
            options={groupings.map((value) => ({ value, label: t(`links.by.${value}`) }))}
          />
        }
      >
        <GroupTable by={by} rows={summary.data} loading={summary.isPending} />
      </Card>
      <Card
        size="small"
        title={t('links.flawed')}
        extra={
          <Segmented
            size="small"
            value={only}
            onChange={(chosen) => put({ only: chosen })}
            options={flaws.map((value) => ({ value, label: t(`links.flaws.${value}`) }))}
          />
        }
      >
        {lines.error ? <Alert type="error" showIcon title={said(lines.error)} /> : null}
        <LineTable rows={lines.data} loading={lines.isPending} />
      </Card>
      <DelayCard place={place} />
    </Flex>
  );
}
