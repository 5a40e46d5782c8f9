import type { CodecsService } from '@keystead/apps/work/codecs';
import { type OrganisationId, systemActor } from '@keystead/contracts/access';
import type { codecInForce } from '@keystead/contracts/events/codecs';
import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import type { Tx } from '@keystead/kernel/db';
import type { Configurations } from './configurations.ts';

interface Deps {
  codecs: Pick<CodecsService, 'inForce'>;
  configurations: Pick<Configurations, 'renewCodec'>;
}

/**
 * A codec that was put in force reaches every agent that is configured with it (I-7.1-b): each gets a new version of its
 * configuration with the new script and nothing else changed. Heard late, what is in force by then is pushed, once.
 */
export function createCodecPush({ codecs, configurations }: Deps) {
  return async (
    { organisation, payload }: Pick<EventEnvelope<Payload<typeof codecInForce>>, 'organisation' | 'payload'>,
    tx: Tx,
  ): Promise<void> => {
    const actor = systemActor('codecs', organisation as OrganisationId);
    const [codec] = await codecs.inForce(actor, [payload.name]);
    if (codec) await configurations.renewCodec(tx, actor, codec);
  };
}
