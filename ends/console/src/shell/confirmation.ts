type Answer = (confirmed: boolean) => void;

let show: ((answer: Answer) => void) | undefined;
let waiting: Promise<boolean> | undefined;

/** The dialog that asks; there is one, in the frame. */
export function onConfirmationAsked(open: (answer: Answer) => void): () => void {
  show = open;
  return () => {
    show = undefined;
  };
}

/** Asks the person to show once more who they are; several calls refused at once ask once. */
export function askConfirmation(): Promise<boolean> {
  const open = show;
  if (!open) return Promise.resolve(false);
  waiting ??= new Promise<boolean>((resolve) => open(resolve)).finally(() => {
    waiting = undefined;
  });
  return waiting;
}
