import { useT } from '@keystead/ui/i18n';

interface Props {
  /** Key of the texts of the states. */
  texts: string;
  states: readonly string[];
  now: string;
  /** What is said beside a state: a day, a deadline. */
  beside?: Readonly<Record<string, string | null | undefined>>;
}

/** How far something is: what is done, where it stands, what comes. */
export function Steps({ texts, states, now, beside = {} }: Props) {
  const t = useT();
  const at = states.indexOf(now);
  return (
    <ol className="steps">
      {states.map((state, index) => (
        <li
          key={state}
          className={index < at ? 'done' : index === at ? 'now' : 'coming'}
          {...(index === at ? { 'aria-current': 'step' as const } : {})}
        >
          <span>{t(`${texts}.${state}`)}</span>
          {beside[state] && <span className="quiet"> {beside[state]}</span>}
        </li>
      ))}
    </ol>
  );
}
