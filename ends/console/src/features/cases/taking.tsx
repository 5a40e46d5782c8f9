import { useT } from '@keystead/ui/i18n';
import { App } from 'antd';
import { type ReactNode, useState } from 'react';
import { said } from '../../shell/sdk.ts';
import { useSession } from '../../shell/session.tsx';
import { type CaseFile, type CaseStep, useStep } from './queries.ts';
import { StepDialog } from './StepDialog.tsx';
import { isPlain, mayRate, needsOf } from './steps.ts';
import { useCaseWords } from './words.ts';

/** Taking steps: at once when nothing has to be said, else through the dialog, which the caller shows. */
export function useTaking(): { begin(file: CaseFile, step: CaseStep): void; busy: boolean; dialog: ReactNode } {
  const t = useT();
  const { message } = App.useApp();
  const { session, may } = useSession();
  const words = useCaseWords();
  const take = useStep();
  const [asked, setAsked] = useState<{ file: CaseFile; step: CaseStep }>();

  function begin(file: CaseFile, step: CaseStep): void {
    const kind = words.kindOf(file.kind);
    const rates = mayRate(kind, file, { id: session?.user.id, may });
    if (!isPlain(step, needsOf(kind, file, step), rates)) {
      setAsked({ file, step });
      return;
    }
    take.mutate(
      { file, step, body: {} },
      {
        onSuccess: (after) =>
          void message.success(t('cases.taken', { code: after.code, state: words.state(after.state) })),
        onError: (cause) => void message.error(said(cause)),
      },
    );
  }

  return {
    begin,
    busy: take.isPending,
    dialog: asked ? <StepDialog id={asked.file.id} step={asked.step} onClose={() => setAsked(undefined)} /> : null,
  };
}
