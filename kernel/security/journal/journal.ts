import type { Kernel } from '@keystead/kernel/module';
import { createSealer, openAnchors, openSigner } from '@keystead/kernel/security/audit';
import type { Keeper } from './jobs.ts';
import { createReading } from './service.ts';
import { createVerifications } from './verification.ts';

/** Made at first use: a process that never seals nor verifies touches no file. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** The journal as the other modules and the composition see it. */
export function createJournal(kernel: Kernel) {
  const anchors = once(() => {
    const { DATA_DIR } = kernel.settings;
    return openAnchors(DATA_DIR, openSigner(DATA_DIR));
  });
  const sealer = once(() => createSealer({ db: kernel.db, clock: kernel.clock, anchors: anchors() }));
  let home: Keeper['home'] = async () => undefined;
  const keeper: Keeper = { ...kernel, anchors, sealer, home: () => home() };
  const verifications = createVerifications({ ...kernel, anchors });
  return {
    ...createReading(kernel),
    verifications,
    keeper,
    /** Seals all that is committed, now. */
    seal: () => sealer().seal(),
    /** Plugs in who operates the installation; nightly work is done on behalf of it. */
    plugHome: (ask: Keeper['home']) => {
      home = ask;
    },
  };
}

export type JournalService = ReturnType<typeof createJournal>;
