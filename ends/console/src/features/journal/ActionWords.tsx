import { useTexts } from '@keystead/ui/i18n';
import { Typography } from 'antd';

/** `case.assign` in words, its code in the tip; an action without words is called by its code. */
export function ActionWords({ action, onChoose }: { action: string; onChoose?(action: string): void }) {
  const { t, has } = useTexts();
  const [noun = '', verb = ''] = action.split('.');
  const words = has(`journal.exact.${action}`)
    ? t(`journal.exact.${action}`)
    : has(`journal.noun.${noun}`) && has(`journal.verb.${verb}`)
      ? t('journal.actionWords', { noun: t(`journal.noun.${noun}`), verb: t(`journal.verb.${verb}`) })
      : action;
  if (!onChoose) return <span title={action}>{words}</span>;
  return (
    <Typography.Link
      title={action}
      onClick={(event) => {
        event.stopPropagation();
        onChoose(action);
      }}
    >
      {words}
    </Typography.Link>
  );
}
