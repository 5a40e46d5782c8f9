import { demoSettings } from '@keystead/simulator/settings';
import { openCommunity } from './community.ts';

/** The demo community in a process of its own: told by its environment what to do, by signals when to end. */
const parent = process.send?.bind(process);
const say = (line: string): void => {
  if (parent) parent({ say: line });
  else process.stdout.write(`${line}\n`);
};

let stop = (): void => process.exit(0);
process.on('SIGTERM', () => stop());
process.on('disconnect', () => stop());
// Ctrl-C reaches the whole process group; with a parent, it says when it is our turn.
process.on('SIGINT', () => {
  if (!parent) stop();
});

try {
  const community = await openCommunity(demoSettings(), say);
  stop = () => {
    community.stop();
    // What was written to the sockets leaves before the end.
    setTimeout(() => process.exit(0), 200);
  };
  parent?.({ ready: true });
} catch (cause) {
  say(`✗ 演示小区 / demo community: ${cause instanceof Error ? cause.message : String(cause)}`);
  process.exit(1);
}
