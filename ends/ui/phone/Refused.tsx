/** Why something did not go, in the reader's words; nothing while nothing went wrong. */
export function Refused({ why }: { why: string | undefined }) {
  if (!why) return null;
  return (
    <p role="alert" className="note bad">
      {why}
    </p>
  );
}
