import { useT } from '@keystead/ui/i18n';
import { Alert, Button, Flex, Modal, Result, Spin, Steps, Typography } from 'antd';
import { type ReactNode, useState } from 'react';
import { ChooseFile, type ChooseFileProps } from './ChooseFile.tsx';
import { FaultTable } from './FaultTable.tsx';
import type { SheetResult } from './types.ts';

export interface ImportDialogProps<Done extends SheetResult>
  extends Pick<ChooseFileProps, 'columns' | 'templateName' | 'options'> {
  title: string;
  /** What one row is, for counting: `12 个空间`. */
  unit: string;
  errorSheetName: string;
  onClose(): void;
  /** Tells what the file would do and changes nothing. */
  check(file: File): Promise<SheetResult>;
  commit(file: File): Promise<Done>;
  /** Takes the import back; absent when that cannot be done. */
  undo?: () => Promise<unknown>;
  /** Shown below the result, such as secrets that are told once. */
  result?: (done: Done) => ReactNode;
  /** A refusal in the reader's words. */
  said(cause: unknown): string;
}

type Stage<Done> =
  | { at: 'choose' }
  | { at: 'checked'; file: File; found: SheetResult }
  | { at: 'done'; done: Done }
  | { at: 'undone' };

/** Template → file → dry run → every fault by row → confirm → undo. Nothing is changed before the confirmation. */
export function ImportDialog<Done extends SheetResult>(props: ImportDialogProps<Done>) {
  const t = useT();
  const [stage, setStage] = useState<Stage<Done>>({ at: 'choose' });
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();

  async function run(step: () => Promise<Stage<Done>>) {
    setBusy(true);
    setProblem(undefined);
    try {
      setStage(await step());
    } catch (cause) {
      setProblem(props.said(cause));
    } finally {
      setBusy(false);
    }
  }

  const look = (file: File) => run(async () => ({ at: 'checked', file, found: await props.check(file) }));
  const again = (
    <Button onClick={() => setStage({ at: 'choose' })} disabled={busy}>
      {t('ui.sheet.otherFile')}
    </Button>
  );
  const { undo } = props;

  return (
    <Modal open width={760} title={props.title} footer={null} onCancel={props.onClose} mask={{ closable: false }}>
      <Flex vertical gap={16}>
        <Steps
          size="small"
          current={stage.at === 'choose' ? 0 : stage.at === 'checked' ? 1 : 2}
          items={[{ title: t('ui.sheet.choose') }, { title: t('ui.sheet.check') }, { title: t('ui.sheet.finish') }]}
        />
        {problem ? <Alert type="error" showIcon title={problem} /> : null}
        <Spin spinning={busy}>
          {stage.at === 'choose' ? (
            <ChooseFile
              columns={props.columns}
              templateName={props.templateName}
              options={props.options}
              busy={busy}
              onFile={(file) => void look(file)}
            />
          ) : null}
          {stage.at === 'checked' ? (
            <Flex vertical gap={16}>
              <Typography.Text>
                {t('ui.sheet.found', {
                  file: stage.file.name,
                  rows: stage.found.rows,
                  created: stage.found.created,
                  unit: props.unit,
                })}
                {stage.found.unchanged ? ` ${t('ui.sheet.same', { unchanged: stage.found.unchanged })}` : null}
              </Typography.Text>
              {stage.found.errors.length > 0 ? (
                <FaultTable faults={stage.found.errors} fileName={props.errorSheetName} />
              ) : null}
              <Flex gap={8} justify="end">
                {again}
                <Button
                  type="primary"
                  disabled={stage.found.errors.length > 0 || stage.found.created === 0}
                  onClick={() => void run(async () => ({ at: 'done', done: await props.commit(stage.file) }))}
                >
                  {t('ui.sheet.confirm', { created: stage.found.created, unit: props.unit })}
                </Button>
              </Flex>
            </Flex>
          ) : null}
          {stage.at === 'done' ? (
            <Result
              status="success"
              title={t('ui.sheet.done', { created: stage.done.created, unit: props.unit })}
              extra={[
                undo ? (
                  <Button
                    key="undo"
                    onClick={() =>
                      void run(async () => {
                        await undo();
                        return { at: 'undone' };
                      })
                    }
                  >
                    {t('ui.sheet.undo')}
                  </Button>
                ) : null,
                <Button key="close" type="primary" onClick={props.onClose}>
                  {t('ui.sheet.close')}
                </Button>,
              ]}
            >
              {props.result?.(stage.done)}
            </Result>
          ) : null}
          {stage.at === 'undone' ? <Result status="info" title={t('ui.sheet.undone')} extra={again} /> : null}
        </Spin>
      </Flex>
    </Modal>
  );
}
