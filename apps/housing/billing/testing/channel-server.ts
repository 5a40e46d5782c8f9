import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

interface Keys {
  port: number;
  apiKey: string;
  serial: string;
  merchantSerial: string;
  /** PEM of the channels. */
  publicKey: string;
  /** PEM of the merchant. */
  privateKey: string;
}

export interface Booked {
  kind: 'wechat' | 'alipay';
  number: string;
  amount: number;
  transaction: string;
  refunded: number;
}

/** A peer that is run, not a part that is used: what is known of it is what it says over HTTP. */
const file = join(import.meta.dirname, '../../../..', 'simulator', 'payments', 'main.ts');

/** WeChat Pay and Alipay in a process of their own; `wish` makes payers pay and the channels misbehave. */
export async function startChannelServer() {
  const child = spawn(process.execPath, [file], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting: ((line: string) => void)[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift()?.(line));
  const next = (): Promise<string> => new Promise((resolve) => waiting.push(resolve));
  const keys = JSON.parse(await next()) as Keys;
  const gateway = `http://127.0.0.1:${keys.port}`;
  const common = { gateway, publicKey: keys.publicKey, patienceMs: '400' };

  async function wish<T = { ok: boolean; answers: number[] }>(wanted: object): Promise<T> {
    const answer = next();
    child.stdin.write(`${JSON.stringify(wanted)}\n`);
    const told = JSON.parse(await answer) as T & { ok: boolean; why?: string };
    if (told.why) throw new Error(told.why);
    return told;
  }

  return {
    gateway,
    wish,
    books: async () => (await wish<{ paid: Booked[] }>({ books: true })).paid,
    /** What an organisation puts down of its account with a channel. */
    account: (kind: 'wechat' | 'alipay', publicUrl: string) =>
      kind === 'wechat'
        ? {
            settings: {
              ...{ ...common, publicUrl, merchant: '1900000001', app: 'wx8888888888888888' },
              ...{ serial: keys.serial, merchantSerial: keys.merchantSerial },
            },
            ...{ secret: keys.apiKey, privateKey: keys.privateKey },
          }
        : {
            settings: { ...common, publicUrl, application: '2021000000000001', gateway: `${gateway}/gateway.do` },
            privateKey: keys.privateKey,
          },
    stop: async () => {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

export type ChannelServer = Awaited<ReturnType<typeof startChannelServer>>;
