import type { Upward, VideoService } from '@keystead/apps/work/video';
import type { Kernel } from '@keystead/kernel/module';
import { UpwardLink } from '@keystead/terminals/gb28181';

const lookEvery = 10_000; // ms

/**
 * Keeps us registered at the platforms above that organisations have set (H-6.2-d-2): what one may see and what is sent
 * there is the video module's to say, how it is spoken is the protocol's. Returns how to end it.
 */
export function keepUpwardVideo(
  upward: VideoService['upward'],
  { clock, log }: Pick<Kernel, 'clock' | 'log'>,
  every = lookEvery,
): () => Promise<void> {
  const open = new Map<string, { version: number; link: UpwardLink }>();

  const portOf = ({ organisation }: Upward) => {
    const streamOf = async (channel: string) => {
      const found = (await upward.channels(organisation)).find(({ id }) => id === channel);
      if (!found) throw new Error(`the upper platform asks for ${channel}, which it may not see`);
      return found.stream;
    };
    return {
      channels: () => upward.channels(organisation),
      send: async (channel: string, target: { host: string; port: number; ssrc: string }) =>
        upward.send(organisation, await streamOf(channel), target),
      stop: async (channel: string, ssrc: string) => upward.stop(organisation, await streamOf(channel), ssrc),
    };
  };

  async function reconcile(): Promise<void> {
    const wanted = await upward.registrations();
    for (const [organisation, { version, link }] of open) {
      if (wanted.some((each) => each.organisation === organisation && each.version === version)) continue;
      open.delete(organisation);
      await link.close();
    }
    for (const each of wanted) {
      if (open.has(each.organisation)) continue;
      const { version, organisation: _, ...settings } = each;
      const link = await new UpwardLink(settings, portOf(each), clock, log).open();
      open.set(each.organisation, { version, link });
    }
  }

  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let round: Promise<void> = Promise.resolve();
  const again = () => {
    round = reconcile()
      .catch((cause: unknown) => log.warn({ err: cause }, 'registrations at platforms above'))
      .finally(() => {
        if (!stopped) timer = setTimeout(again, every);
      });
  };
  again();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await round;
    await Promise.all([...open.values()].map(({ link }) => link.close()));
  };
}
