import { useT } from '@keystead/ui/i18n';
import { App, Button, DatePicker, Flex, Modal } from 'antd';
import type { Dayjs } from 'dayjs';
import { useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { PlaceDraft } from './PlaceDraft.tsx';
import { type Pack, useDraft, usePublish, useReplay } from './queries.ts';

const yearMs = 365 * 86_400_000;

/** What can be done with a pack: begin a new version, see what it would have changed, put it in force. */
export function PackActions({ pack, onDrafted }: { pack: Pack; onDrafted(id: string): void }) {
  const t = useT();
  const { may } = useSession();
  const { message, modal } = App.useApp();
  const [publishing, setPublishing] = useState(false);
  const [placing, setPlacing] = useState(false);
  const [day, setDay] = useState<Dayjs | null>(null);
  const draft = useDraft();
  const publish = usePublish();
  const replay = useReplay();
  const failed = (cause: unknown) => void message.error(said(cause));

  const showReplay = () => {
    const to = new Date();
    const span = { id: pack.id, from: new Date(to.getTime() - yearMs).toISOString(), to: to.toISOString() };
    replay.mutate(span, {
      onError: failed,
      onSuccess: (areas) =>
        void modal.info({
          title: t('policy.replayed'),
          content: areas.map(({ area, decisions, differing }) => (
            <div key={area}>
              <p>{t('policy.replayCount', { decisions, differing: differing.length })}</p>
              {differing.slice(0, 20).map(({ subject, was, would, because }) => (
                <p
                  key={subject}
                >{`${subject}: ${t(`policy.outcomes.${was}`)} → ${t(`policy.outcomes.${would}`)} ${because.map((rule) => t(`policy.rules.${rule}`)).join('、')}`}</p>
              ))}
            </div>
          )),
        }),
    });
  };

  return (
    <Flex gap={8} wrap>
      {may('policy:write') ? (
        <>
          <Button
            loading={draft.isPending}
            onClick={() => draft.mutate({ id: pack.id }, { onSuccess: ({ id }) => onDrafted(id), onError: failed })}
          >
            {t('policy.newVersion')}
          </Button>
          <Button onClick={() => setPlacing(true)}>{t('policy.forPlace')}</Button>
          <Button loading={replay.isPending} onClick={showReplay}>
            {t('policy.replay')}
          </Button>
        </>
      ) : null}
      {may('policy:publish') && pack.state === 'draft' ? (
        <Button type="primary" onClick={() => setPublishing(true)}>
          {t('policy.publish')}
        </Button>
      ) : null}
      {placing ? (
        <PlaceDraft
          pack={pack}
          onClose={() => setPlacing(false)}
          onDrafted={(id) => {
            setPlacing(false);
            onDrafted(id);
          }}
        />
      ) : null}
      <Modal
        open={publishing}
        title={t('policy.publish')}
        onCancel={() => setPublishing(false)}
        okButtonProps={{ disabled: day === null, loading: publish.isPending }}
        onOk={() =>
          day &&
          publish.mutate(
            { id: pack.id, effectiveFrom: day.format('YYYY-MM-DD') },
            { onSuccess: () => setPublishing(false), onError: failed },
          )
        }
      >
        <p>{t('policy.publishNote')}</p>
        <DatePicker
          value={day}
          onChange={(chosen: Dayjs | null) => setDay(chosen)}
          aria-label={t('policy.effectiveFrom')}
        />
      </Modal>
    </Flex>
  );
}
