import { wire } from '@keystead/kernel/http';
import type { CaseLine } from './list.ts';
import type { CaseReading } from './reading.ts';

export const lineView = <Line extends CaseLine>(line: Line) => wire(line);

/** The file of a case as it is sent. */
export const viewOf = ({ row, ...file }: Awaited<ReturnType<CaseReading['get']>>) => ({
  ...wire(row),
  steps: file.steps,
  clocks: file.clocks.map(wire),
  subjects: file.subjects,
  history: file.history.map(wire),
  items: file.items.map(wire),
  comments: file.comments.map(wire),
  evidence: file.evidence.map(wire),
  costs: file.costs.map(wire),
  cost: file.cost,
  links: file.links.map(wire),
});
