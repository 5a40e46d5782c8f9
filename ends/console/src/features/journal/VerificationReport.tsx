import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useTexts } from '@keystead/ui/i18n';
import { Alert, Flex, Table } from 'antd';
import type { Report } from './queries.ts';

const count = (value: number): string => value.toLocaleString('en-US');

/** What a run of the verifier found, damage first. */
export function VerificationReport({ report, at }: { report: Report; at: string }) {
  const { t, has } = useTexts();
  const { lines, unsealed, unsealedSince, anchorsAgreed, rootsAgreed, first, last, restores, pruned, faults } = report;
  return (
    <Flex vertical gap={12} aria-live="polite">
      {report.ok ? (
        <Alert
          type="success"
          showIcon
          title={t('journal.sound')}
          description={t('journal.soundHint', { lines: count(lines), anchors: count(anchorsAgreed + rootsAgreed) })}
        />
      ) : (
        <Alert
          type="error"
          showIcon
          title={t('journal.damaged', { count: count(report.faultCount) })}
          description={t('journal.damagedHint')}
        />
      )}
      <KeyValue
        facts={[
          { key: 'at', label: t('journal.startedAt'), value: dateTime(at) },
          {
            key: 'seconds',
            label: t('journal.took'),
            value: t('journal.seconds', { seconds: report.seconds.toFixed(1) }),
          },
          { key: 'lines', label: t('journal.verified'), value: count(lines) },
          {
            key: 'range',
            label: t('journal.range'),
            value:
              first === null || last === null ? null : t('journal.fromTo', { from: count(first), to: count(last) }),
          },
          {
            key: 'unsealed',
            label: t('journal.notSealed'),
            value: unsealedSince
              ? t('journal.unsealedSince', { count: count(unsealed), since: dateTime(unsealedSince) })
              : count(unsealed),
          },
          { key: 'anchors', label: t('journal.anchors'), value: count(anchorsAgreed) },
          { key: 'roots', label: t('journal.roots'), value: count(rootsAgreed) },
          {
            key: 'pruned',
            label: t('journal.pruned'),
            value: pruned
              ? t('journal.prunedThrough', { through: count(pruned.through), on: pruned.on })
              : t('journal.none'),
          },
          {
            key: 'restores',
            label: t('journal.restores'),
            value:
              restores.length === 0 ? (
                t('journal.none')
              ) : (
                <Flex vertical>
                  {restores.map((restore) => (
                    <span key={restore.at}>
                      {t('journal.restoredAt', { at: dateTime(restore.at), through: count(restore.through) })}
                    </span>
                  ))}
                </Flex>
              ),
          },
        ]}
      />
      {faults.length > 0 ? (
        <Table
          size="small"
          rowKey={(fault) => `${fault.kind}:${fault.seq ?? ''}:${fault.at ?? ''}`}
          dataSource={faults}
          pagination={{ pageSize: 10, hideOnSinglePage: true }}
          columns={[
            {
              title: t('journal.fault'),
              render: (_, fault) =>
                has(`journal.faults.${fault.kind}`) ? t(`journal.faults.${fault.kind}`) : fault.kind,
            },
            { title: t('journal.seq'), width: 110, align: 'right', render: (_, fault) => fault.seq ?? '—' },
            { title: t('journal.faultAt'), render: (_, fault) => fault.at ?? '—' },
          ]}
        />
      ) : null}
    </Flex>
  );
}
