import type { Actor } from '@keystead/contracts/access';
import { isId } from '@keystead/contracts/ids';
import type { PlacesService } from '@keystead/data/places';
import { sql } from '@keystead/kernel/db';
import type { Kernel } from '@keystead/kernel/module';
import { createAdmission } from './admission.ts';
import { createAttributes } from './attributes.ts';
import { createAuthorities } from './authorities.ts';
import { createChanges } from './changes.ts';
import { createCommissioning } from './commissioning.ts';
import { createContact } from './contact.ts';
import { createBatteries } from './contract/batteries.ts';
import { createCoverage } from './contract/coverage.ts';
import { createEvidence } from './contract/evidence.ts';
import { createContractReport } from './contract/report.ts';
import { createCredentials, createMarkKey } from './credentials.ts';
import { dependencies } from './dependencies.ts';
import { createDeviceSecrets } from './device-secrets.ts';
import { createDirectory } from './directory.ts';
import { createFirstUse } from './first-use.ts';
import { createImportBatches } from './import-batches.ts';
import { createThingImports } from './imports.ts';
import { createIntake } from './intake.ts';
import { createLifecycle } from './lifecycle-work.ts';
import { createMaintenance } from './maintenance.ts';
import { createMisbehaviour } from './misbehaviour.ts';
import { createModels } from './models.ts';
import { createNaming } from './naming-work.ts';
import { createNonces } from './nonces.ts';
import { createOnlineWatch } from './online-watch.ts';
import { createOperator } from './operator.ts';
import { createParts } from './parts.ts';
import { createProvisioning } from './provisioning.ts';
import { createRefusals } from './refusals.ts';
import { createRegistry } from './registry.ts';
import { createRelations } from './relations.ts';
import { createRotation } from './rotation.ts';
import { createTelling, createThingWork } from './service.ts';
import { createUsage } from './usage.ts';

const numbersKept = 200_000;

/** Joins the parts of the module; what comes out is what other modules know as `things`. */
export function createThings(kernel: Kernel, places: PlacesService) {
  const { db, clock } = kernel;
  const changes = createChanges(kernel);
  const models = createModels(kernel);
  const directory = createDirectory(db, models, changes);
  const operator = createOperator(db);
  const markKey = createMarkKey(db);
  const secrets = createDeviceSecrets(() => kernel.settings.DATA_DIR);
  const deps = { ...kernel, places, models, changes, directory, operator, markKey, secrets };
  const tell = createTelling(deps);
  const intake = createIntake({ models, pathsOf: places.pathsOf, clock });
  const credentials = createCredentials({ ...deps, tell });
  const misbehaviour = createMisbehaviour(deps);
  const window = kernel.settings.DEVICE_CLOCK_SECONDS * 1000;
  const nonces = createNonces({ ...deps, window });
  const firstUse = createFirstUse(deps);
  const authorities = createAuthorities(deps);
  const rotation = createRotation({ ...deps, credentials });
  const evidence = createEvidence({ ...deps, tell });
  const commissioning = createCommissioning(deps);
  const numbers = new Map<string, number>();

  /** Number of a thing by its id; undefined when there is none. Never changes, so it is kept. */
  async function numberOf(id: string): Promise<number | undefined> {
    const known = numbers.get(id);
    if (known !== undefined || !isId(id)) return known;
    const [row] = await db.systemRead(sql<{ number: number }>`select number from things.thing where id = ${id}`);
    if (row && numbers.size >= numbersKept) numbers.clear();
    if (row) numbers.set(id, row.number);
    return row?.number;
  }

  return {
    ...createRegistry(deps),
    ...createThingWork({ ...deps, intake, tell }),
    ...createThingImports({ ...deps, intake, credentials }),
    ...createUsage(deps),
    byNumber: directory.byNumber,
    /** Those that exist of the given numbers, from memory. */
    refs: directory.byNumbers,
    numberOf,
    models: {
      ...models,
      /** The newest version of a family an actor may use; undefined when there is none. */
      newest: async (actor: Actor, family: string) =>
        (await models.list(actor)).find((model) => model.family === family),
    },
    admission: {
      ...createAdmission({ ...deps, window, nonces, firstUse, authorities }),
      misbehaved: misbehaviour.report,
    },
    authorities,
    nonces,
    provisioning: createProvisioning({ ...deps, tell, credentials, intake }),
    contact: createContact(deps),
    attributes: { ...createAttributes(deps), fresh: rotation.fresh },
    rotation,
    refusals: createRefusals(deps),
    misbehaviour,
    online: createOnlineWatch(kernel),
    lifecycle: createLifecycle({ ...deps, tell, evidence, commissioning }),
    commissioning,
    /** What devices must be able to do, and the papers that show it. */
    contract: { ...createContractReport(deps), soundersMissing: createCoverage(deps), evidence },
    batteries: createBatteries(deps),
    relations: createRelations({ ...deps, tell }),
    dependencies,
    credentials,
    parts: createParts(deps),
    maintenance: createMaintenance({ ...deps, tell }),
    naming: createNaming(deps),
    importBatches: createImportBatches(deps),
    /** Who is shown what unknown devices do; see operator.ts. */
    answersForStrangers: operator.is,
    changes,
  };
}

export type ThingsService = ReturnType<typeof createThings>;
