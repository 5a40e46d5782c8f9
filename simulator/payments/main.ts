import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { startChannels } from './channels.ts';
import { keysFrom } from './keys.ts';
import { readWish } from './wish.ts';

/**
 * `node simulator/payments/main.ts [--port 0] [--keep FILE] [--stay]`: WeChat Pay and Alipay of our own in a process of their own. The
 * first line tells port and keys; wishes come on standard input, a JSON line each, answered by one. `--stay`: without wishes.
 */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    keep: { type: 'string' },
    stay: { type: 'boolean', default: false },
  },
});
const keys = keysFrom(values.keep);
const channels = await startChannels(keys, Number(values.port)).catch(() => startChannels(keys, 0));
const { house, merchant, apiKey, serial, merchantSerial } = keys;
const told = { port: channels.port, apiKey, serial, merchantSerial, publicKey: house.publicKey };
if (process.send) process.send({ ready: true, ...told, privateKey: merchant.privateKey });
else process.stdout.write(`${JSON.stringify({ ...told, privateKey: merchant.privateKey })}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const)
  process.on(signal, () => {
    // Ctrl-C reaches the whole process group; with a parent, it says when it is our turn.
    if (signal === 'SIGTERM' || !process.send) process.exit(0);
  });
process.on('disconnect', () => process.exit(0));

if (!values.stay)
  createInterface({ input: process.stdin })
    .on('line', async (line) => {
      let answer: unknown;
      try {
        answer = await channels.fulfil(readWish(line));
      } catch (cause) {
        answer = { ok: false, why: String(cause) };
      }
      process.stdout.write(`${JSON.stringify(answer)}\n`);
    })
    .on('close', () => process.exit(0));
