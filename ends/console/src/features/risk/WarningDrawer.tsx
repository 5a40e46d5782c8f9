import { KeyValue } from '@keystead/ui/facts';
import { dateTime } from '@keystead/ui/format';
import { useT } from '@keystead/ui/i18n';
import { SeverityMark } from '@keystead/ui/severity';
import { Alert, App, Button, Drawer, Flex, Typography } from 'antd';
import { Link } from 'react-router';
import { StepTrail } from '../../parts/index.ts';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { PersonDetail } from './PersonDetail.tsx';
import { useCase, useOwn, useWarning, type Warning } from './queries.ts';
import { Reasons } from './Reasons.tsx';

interface WarningDrawerProps {
  id: string | undefined;
  onCloseWarning(warning: Warning): void;
  onClose(): void;
}

/** One warning: what speaks for it, what was done about it, and the ways on. */
export function WarningDrawer({ id, onCloseWarning, onClose }: WarningDrawerProps) {
  const t = useT();
  const { may } = useSession();
  const { message } = App.useApp();
  const { data, error, isPending } = useWarning(id);
  const own = useOwn();
  const openCase = useCase();
  const onError = (cause: unknown) => void message.error(said(cause));
  const warning = data?.warning;
  const handles = warning?.state === 'open' && may('risk:handle');
  return (
    <Drawer
      open={id !== undefined}
      size={760}
      loading={isPending && !error}
      onClose={onClose}
      title={warning ? `${t(`risk.kinds.${warning.kind}`)} · ${warning.name}` : ''}
      extra={
        warning && handles ? (
          <Flex gap={8}>
            {warning.owner === 'duty' ? (
              <Button loading={own.isPending} onClick={() => own.mutate(warning.id, { onError })}>
                {t('risk.own')}
              </Button>
            ) : null}
            {warning.caseId ? null : (
              <Button
                loading={openCase.isPending}
                onClick={() => openCase.mutate({ id: warning.id, note: t(`risk.kinds.${warning.kind}`) }, { onError })}
              >
                {t('risk.openCase')}
              </Button>
            )}
            <Button type="primary" onClick={() => onCloseWarning(warning)}>
              {t('risk.close')}
            </Button>
          </Flex>
        ) : null
      }
    >
      {error ? <Alert type="error" showIcon title={said(error)} /> : null}
      {warning ? (
        <Flex vertical gap={16}>
          <KeyValue
            facts={[
              { key: 'grade', label: t('risk.grade'), value: <SeverityMark severity={warning.grade} /> },
              { key: 'score', label: t('risk.score'), value: `${Math.round(warning.score * 100)}%` },
              {
                key: 'about',
                label: t('risk.about'),
                value: warning.house ? <Link to={`/houses/${warning.house}`}>{warning.name}</Link> : warning.name,
              },
              { key: 'owner', label: t('risk.owner'), value: warning.ownerName || t('risk.duty') },
              { key: 'opened', label: t('risk.openedAt'), value: dateTime(warning.openedAt) },
              { key: 'lifted', label: t('risk.liftedAt'), value: dateTime(warning.liftedAt) },
              {
                key: 'case',
                label: t('risk.case'),
                value: warning.caseId ? <Link to={`/cases/${warning.caseId}`}>{warning.caseCode}</Link> : null,
              },
              {
                key: 'alarm',
                label: t('risk.alarm'),
                value: <Link to={`/alarms/${warning.alarm}`}>{t('risk.openAlarm')}</Link>,
              },
            ]}
          />
          <section>
            <Typography.Title level={5}>{t('risk.reasons')}</Typography.Title>
            <Reasons of={warning} />
          </section>
          {warning.state === 'closed' ? (
            <section>
              <Typography.Title level={5}>{t('risk.closing')}</Typography.Title>
              <KeyValue
                columns={1}
                facts={[
                  { key: 'action', label: t('risk.action'), value: warning.action },
                  { key: 'person', label: t('risk.person'), value: warning.person },
                  { key: 'result', label: t('risk.result'), value: warning.result },
                  {
                    key: 'feedback',
                    label: t('risk.feedback'),
                    value: warning.feedback ? t(`risk.feedbacks.${warning.feedback}`) : null,
                  },
                ]}
              />
            </section>
          ) : null}
          <section>
            <Typography.Title level={5}>{t('risk.steps')}</Typography.Title>
            <StepTrail
              steps={(data?.steps ?? []).map(({ at, step, actorName }) => ({
                key: `${at} ${step}`,
                title: t(`risk.step.${step}`),
                state: 'done' as const,
                at,
                who: actorName === 'risk' ? t('risk.platform') : actorName,
              }))}
            />
          </section>
          {may('risk:handle') && warning.house ? (
            <section>
              <Typography.Title level={5}>{t('risk.detail')}</Typography.Title>
              <PersonDetail key={warning.id} of={warning} />
            </section>
          ) : null}
        </Flex>
      ) : null}
    </Drawer>
  );
}
