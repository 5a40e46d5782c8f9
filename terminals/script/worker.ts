import { parentPort, workerData } from 'node:worker_threads';
import type { ScriptLimits } from './limits.ts';
import { type Job, openSandbox } from './sandbox.ts';

// The thread scripts run in. It has nothing but the sandbox; one job at a time, in the order they came.

const port = parentPort;
if (port) {
  // The engine prints its own end before it throws; what it throws is told as the result of the run.
  console.error = () => undefined;
  const sandbox = await openSandbox(workerData as ScriptLimits);
  let before: Promise<void> = Promise.resolve();
  port.on('message', (job: Job) => {
    before = before.then(async () => port.postMessage(await sandbox.run(job)));
  });
  port.postMessage('ready');
}
