import { billing } from '@keystead/apps/housing/billing';
import { leases } from '@keystead/apps/housing/leases';
import { agreements } from '@keystead/apps/work/agreements';
import { agreementChanged } from '@keystead/contracts/events/agreements';
import { parties } from '@keystead/data/parties';
import { places } from '@keystead/data/places';
import { records } from '@keystead/data/records';
import { movePaths } from '@keystead/kernel/db';
import { job } from '@keystead/kernel/jobs';
import { defineModule } from '@keystead/kernel/module';
import { openSealer, type Sealer } from '@keystead/kernel/pdf';
import { openSigner, type Signer } from '@keystead/kernel/security/audit';
import { createContracts, type Seals } from './contracts.ts';
import { createOwnContracts } from './own.ts';
import { ownContractRoutes } from './own-routes.ts';
import { createTexts, type FeeNames } from './reading.ts';
import { createReceipts } from './receipts.ts';
import { contractRoutes } from './routes.ts';
import { templateMark, templateOf } from './template.ts';
import { createTemplates } from './templates.ts';

export const papers = defineModule({
  name: 'papers',
  needs: { agreements, billing, leases, parties, places, records },
  files: import.meta.dirname,
  setup: (kernel, { agreements, billing, leases, parties, places, records }) => {
    let sealer: Promise<Sealer> | undefined;
    let signer: Signer | undefined;
    const { DATA_DIR } = kernel.settings;
    // The keys are made when the first file is sealed, not by merely setting up.
    const seals: Seals = {
      sealer: () => {
        sealer ??= openSealer(DATA_DIR, kernel.clock.now());
        return sealer;
      },
      signer: () => {
        signer ??= openSigner(DATA_DIR);
        return signer;
      },
    };
    const feeNames: FeeNames = (organisation) =>
      kernel.db.systemTransaction(async (tx) => {
        const subjects = await billing.catalogue.subjectsOf(tx, organisation);
        return new Map(subjects.map(({ code, nameZh }) => [code, nameZh]));
      });
    const templates = createTemplates(kernel);
    const textOf = createTexts({ ...kernel, agreements, leases, templates, feeNames });
    const contracts = createContracts({ ...kernel, records, textOf, seals });
    const own = createOwnContracts({ ...kernel, parties, contracts });
    const receipt = createReceipts({ ...kernel, feeNames, seals });
    leases.useWording(async (tx, organisation, kind) =>
      templateMark(await templates.inForce(tx, organisation, templateOf(kind))),
    );
    const sealing = job<{ organisation: string; agreement: string }>({
      name: 'papers.seal',
      timeout: 300,
      attempts: 10,
      run: async ({ organisation, agreement }) => void (await contracts.makeFor(organisation, agreement)),
    });
    kernel.jobs.add(sealing);
    kernel.bus.on(agreementChanged, 'papers.seal', async ({ payload, organisation }, tx) => {
      if (payload.kind === 'lease' && payload.step === 'lessor-signed')
        await kernel.jobs.enqueue(
          tx,
          sealing,
          { organisation, agreement: payload.id },
          { key: `papers:${payload.id}` },
        );
    });
    kernel.http.mount('/contracts', contractRoutes({ contracts, templates, receipt }));
    kernel.http.mount('/own-contracts', ownContractRoutes(own));
    places.follow(async (tx, organisation, from, to) => {
      await movePaths(tx, 'papers.contract', 'place', organisation, from, to);
    });
    return { ...contracts, templates, own, receipt, sealedOf: own.sealedOf };
  },
});

export type PapersService = ReturnType<typeof papers.setup>;
