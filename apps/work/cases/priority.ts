/** 1 = widest or most urgent, 3 = least. */
export type Grade = 1 | 2 | 3;
/** 1 = first of all, 4 = when there is time. */
export type Priority = 1 | 2 | 3 | 4;

const matrix: Readonly<Record<Grade, Readonly<Record<Grade, Priority>>>> = {
  1: { 1: 1, 2: 2, 3: 3 },
  2: { 1: 2, 2: 3, 3: 4 },
  3: { 1: 3, 2: 4, 3: 4 },
};

/** Impact 影响 × urgency 紧急 → priority. */
export const priorityOf = (impact: Grade, urgency: Grade): Priority => matrix[impact][urgency];

/** Impact and urgency of a case that an alarm of this severity (1 most severe … 4) opens. */
export function gradesOfSeverity(severity: number): { impact: Grade; urgency: Grade } {
  if (severity <= 1) return { impact: 1, urgency: 1 };
  if (severity === 2) return { impact: 2, urgency: 1 };
  if (severity === 3) return { impact: 2, urgency: 2 };
  return { impact: 3, urgency: 3 };
}
