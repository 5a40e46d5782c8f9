import type { EventEnvelope, Payload } from '@keystead/contracts/events/define';
import type { messageFateKnown } from '@keystead/contracts/events/notify';
import { isId } from '@keystead/contracts/ids';
import { sql, type Tx } from '@keystead/kernel/db';
import { type NoticeState, type Proof, withReceipt } from './proof.ts';

/** What carriers and the tenant's inbox tell of a reminder is kept as its proof; a reminder goes under its own id. */
export async function keepProof(
  { organisation, payload }: EventEnvelope<Payload<typeof messageFateKnown>>,
  tx: Tx,
): Promise<void> {
  const { message, way, fate, code, at } = payload;
  if (!isId(message)) return;
  const before = await tx.maybe(sql<{ state: NoticeState; proof: Proof }>`
    select state, proof from billing.notice where id = ${message} and organisation = ${organisation} for update`);
  const after = before && withReceipt(before, { way, fate, code, at });
  if (after)
    await tx.run(sql`
      update billing.notice set state = ${after.state}, proof = ${JSON.stringify(after.proof)} where id = ${message}`);
}
