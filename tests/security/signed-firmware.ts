import { createHash, generateKeyPairSync, randomBytes, randomUUID, sign } from 'node:crypto';
import { firmwareStatement } from '@keystead/contracts/firmware';

type CampaignState = 'running' | 'paused' | 'awaiting-approval' | 'updated';

/** Updates to be tried: keys, packages and campaigns. */
export interface FirmwareWorld {
  signer(): Promise<string>;
  /** A package nobody has put in yet. */
  upload(family: string): Promise<{ query: Record<string, string>; bytes: Buffer }>;
  package(family?: string): Promise<string>;
  /** `updated`: running, with a device that has taken it. */
  campaign(state: CampaignState): Promise<string>;
  device(): Promise<string>;
}

interface Hands {
  trust(publicKey: string): Promise<string>;
  put(query: Record<string, string>, bytes: Buffer): Promise<string>;
  begin(body: unknown): Promise<string>;
  pause(id: string): Promise<void>;
  device(family: string): Promise<{ id: string; report(values: Record<string, string>): Promise<unknown> }>;
  /** Resolves when a device of a campaign is so far. */
  reached(id: string, state: string): Promise<void>;
}

let words = 0;
const newWord = (): string => `F${process.pid}-${++words}`;
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
const pemOf = (key: typeof publicKey): string => key.export({ format: 'pem', type: 'spki' }).toString();
const plain = 'temperature-sensor';
const plan = { waves: [], parallel: 10, failures: 0.5, soak: 86_400 };

/** Signed as a maker would. */
export function signed(family: string): { query: Record<string, string>; bytes: Buffer } {
  const bytes = randomBytes(64);
  const [title, version] = [newWord(), '1.0'];
  const hash = createHash('sha256').update(bytes).digest('hex');
  const statement = firmwareStatement({ title, version, models: [family], size: bytes.length, hash });
  const signature = sign(null, Buffer.from(statement), privateKey).toString('base64');
  return { query: { title, version, models: family, signature }, bytes };
}

export const nowhereFirmware: FirmwareWorld = {
  signer: async () => randomUUID(),
  upload: async (family) => signed(family),
  package: async () => randomUUID(),
  campaign: async () => randomUUID(),
  device: async () => randomUUID(),
};

export function inhabitedFirmware(hands: Hands): FirmwareWorld {
  let trusted: Promise<string> | undefined;
  const maker = () => {
    trusted ??= hands.trust(pemOf(publicKey));
    return trusted;
  };
  const upload = async (family: string) => {
    await maker();
    return signed(family);
  };
  const put = async (family = plain) => {
    const { query, bytes } = await upload(family);
    return { id: await hands.put(query, bytes), title: query.title ?? '' };
  };
  return {
    signer: () => hands.trust(pemOf(generateKeyPairSync('ed25519').publicKey)),
    upload,
    package: async (family) => (await put(family)).id,
    campaign: async (state) => {
      const family = state === 'awaiting-approval' ? 'smoke-detector' : plain;
      const [{ id, title }, device] = [await put(family), await hands.device(family)];
      const audience = { things: [device.id] };
      const made = await hands.begin({ name: newWord(), package: id, audience, plan, reason: '试验' });
      if (state === 'paused') await hands.pause(made);
      if (state === 'updated') {
        await hands.reached(made, 'offered');
        await device.report({ current_fw_title: title, current_fw_version: '1.0', fw_state: 'UPDATED' });
        await hands.reached(made, 'succeeded');
      }
      return made;
    },
    device: async () => (await hands.device(plain)).id,
  };
}
