import { Badge, Tag } from 'antd';

interface StateChoiceProps<State extends string> {
  states: readonly State[];
  chosen: State | undefined;
  onChoose(state: State | undefined): void;
  labelOf(state: State): string;
  countOf(state: State): number;
  /** How many of them are late, and what that is called. */
  late?: { label: string; countOf(state: State): number };
}

/** States of a list as tags with their numbers: those that occur, and the one that is chosen. */
export function StateChoice<State extends string>({ states, chosen, onChoose, ...of }: StateChoiceProps<State>) {
  return states
    .filter((each) => each === chosen || of.countOf(each) > 0)
    .map((each) => (
      <Badge key={each} size="small" count={of.late?.countOf(each) ?? 0} title={of.late?.label ?? ''}>
        <Tag.CheckableTag checked={chosen === each} onChange={(checked) => onChoose(checked ? each : undefined)}>
          {of.labelOf(each)} {of.countOf(each)}
        </Tag.CheckableTag>
      </Badge>
    ));
}
