import { fork } from 'node:child_process';

/** A load that runs in a process of its own, started and told to go apart, so that several go at the same moment. */
export interface Load<Done> {
  /** Connected and waiting. */
  ready: Promise<void>;
  /** Lets it go, and answers what it measured. */
  go(): Promise<Done>;
}

interface Said<Done> {
  ready?: true;
  done?: Done;
  failed?: string;
}

export function startLoad<Task extends object, Done>(file: string, task: Task): Load<Done> {
  const child = fork(new URL(`./${file}`, import.meta.url), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const { promise: ready, resolve: isReady, reject: notReady } = Promise.withResolvers<void>();
  const { promise: done, resolve: isDone, reject: notDone } = Promise.withResolvers<Done>();
  const fail = (cause: Error) => {
    notReady(cause);
    notDone(cause);
  };
  // Whoever waits for one of the two meets the failure; the other must not be told as unhandled.
  ready.catch(() => {});
  done.catch(() => {});
  child.on('message', (said: Said<Done>) => {
    if (said.ready) isReady();
    if (said.done) isDone(said.done);
    if (said.failed) fail(new Error(`${file}: ${said.failed}`));
  });
  child.once('exit', (code) => fail(new Error(`${file} ended (${code}) without a result`)));
  child.send(task);
  return {
    ready,
    go: () => {
      child.send({ go: true });
      return done;
    },
  };
}
