import type { EventEnvelope } from '@keystead/contracts/events/define';
import type { MountedRoute } from '@keystead/kernel/http';
import type { Kernel } from '@keystead/kernel/module';
import { type Envelope, openEnvelope } from '@keystead/kernel/security/keys';
import { type BootstrapOptions, bootstrap } from './bootstrap.ts';
import type { Context, PlacePaths } from './context.ts';
import { createAttempts } from './credentials/attempts.ts';
import { createOneTimeCodes } from './credentials/one-time-code.ts';
import { createTotpFactor } from './credentials/totp-factor.ts';
import { rightsChanged, sessionEnded } from './events.ts';
import { createKeyCheck } from './keys/key-check.ts';
import { createKeys } from './keys/keys.ts';
import { createAccounts } from './people/accounts.ts';
import { createOrganisations } from './people/organisations.ts';
import { operatingBody } from './people/store.ts';
import { createAssignments } from './rights/assignments.ts';
import { known } from './rights/permission.ts';
import { createRoles } from './rights/roles.ts';
import { movePaths, type Reached, userOf, userReaching, usersInRole, usersWith } from './rights/store.ts';
import { createUnused } from './rights/unused.ts';
import { createAuthenticator } from './sessions/authenticator.ts';
import { createCurrent } from './sessions/current.ts';
import { createEnrolment } from './sessions/enrolment.ts';
import { createOwn } from './sessions/own.ts';
import { createSigningIn } from './sessions/signing-in.ts';
import { createSteps } from './sessions/steps.ts';
import { openSessionIds } from './sessions/store.ts';

type Mounted = () => ReadonlyArray<Pick<MountedRoute, 'id' | 'summary' | 'permission'>>;

const noPlaces: PlacePaths = { pathsOf: async () => new Map() };

/** What changes while the platform runs: who listens, what was plugged in. */
function createWiring(kernel: Kernel) {
  const ears: ((session: string) => void)[] = [];
  let places = noPlaces;
  let mounted: Mounted = () => [];
  let all: { count: number; permissions: ReadonlySet<string> } = { count: -1, permissions: new Set() };
  let forget = () => {};

  /** Known ones and those of mounted routes; worked out anew when routes were added. */
  function permissions(): ReadonlySet<string> {
    const routes = mounted();
    if (routes.length !== all.count) {
      const asked = routes.flatMap(({ permission }) => (permission === undefined ? [] : [permission]));
      all = { count: routes.length, permissions: new Set([...known, ...asked].sort()) };
    }
    return all.permissions;
  }

  const ended = (session: string): void => {
    forget();
    for (const hear of ears) hear(session);
  };

  function changed(accounts: readonly string[]): void {
    forget();
    kernel.db
      .systemRead(openSessionIds(accounts))
      .then((rows) => {
        for (const { id } of rows) ended(id);
      })
      .catch((cause: unknown) => kernel.log.error({ err: cause }, 'sockets with old rights could not be found'));
  }

  const { db, clock, log, settings, outbox, audit } = kernel;
  const context: Context = {
    ...{ db, clock, log, settings, outbox, audit, permissions, ended },
    places: { pathsOf: (tx, organisation, ids) => places.pathsOf(tx, organisation, ids) },
    forget: () => forget(),
    rightsChanged: changed,
  };
  return {
    context,
    onSessionEnded: (hear: (session: string) => void) => void ears.push(hear),
    usePlacePaths: (port: PlacePaths) => {
      places = port;
    },
    useRoutes: (list: Mounted) => {
      mounted = list;
    },
    useMemory: (clear: () => void) => {
      forget = clear;
    },
    routesFor: (permission: string) => mounted().filter((each) => each.permission === permission),
    /** What other processes told. */
    hear: ({ type, payload }: EventEnvelope) => {
      if (type === sessionEnded.type) ended((payload as { session: string }).session);
      else if (type === rightsChanged.type) changed((payload as { accounts: string[] }).accounts);
    },
  };
}

/** Users, roles, sessions and keys: who may do what, where. */
export function createIdentity(kernel: Kernel) {
  const wiring = createWiring(kernel);
  const { context } = wiring;
  const { db, clock } = kernel;
  let envelope: Envelope | undefined;
  const factor = createTotpFactor(() => {
    envelope ??= openEnvelope(kernel.settings.DATA_DIR);
    return envelope;
  }, clock);
  const attempts = createAttempts(db, clock);
  const codes = createOneTimeCodes(context);
  const steps = createSteps(context, attempts, factor);
  const keyCheck = createKeyCheck(context);
  const authenticator = createAuthenticator(context, keyCheck);
  wiring.useMemory(() => {
    authenticator.forget();
    keyCheck.forget();
  });

  return {
    context,
    attempts,
    /** Codes to sign in and to sign with; `useCarrier` is to be plugged. */
    codes,
    authenticator,
    hear: wiring.hear,
    /** Called with the id of each session that ended or whose rights are void, in every process that serves people. */
    onSessionEnded: wiring.onSessionEnded,
    usePlacePaths: wiring.usePlacePaths,
    /** Every mounted route, so that the permissions they ask for are known: `() => http.mounted`. */
    useRoutes: wiring.useRoutes,
    movePaths,
    bootstrap: (options: BootstrapOptions) => bootstrap(context, options),
    /** Active users who hold a permission at a place path. */
    usersWith: (organisation: string, permission: string, place: string): Promise<Reached[]> =>
      db.systemRead(usersWith(organisation, permission, place, clock.now())),
    /** Active users in a role, by its id or code, whose reach holds a place path. */
    usersInRole: (organisation: string, role: string, place: string): Promise<Reached[]> =>
      db.systemRead(usersInRole(organisation, role, place, clock.now())),
    /** One active user, if his reach holds a place path. */
    userReaching: async (organisation: string, id: string, place: string): Promise<Reached | undefined> =>
      (await db.systemRead(userReaching(organisation, id, place, clock.now())))[0],
    /** One active user; undefined when there is none of that id, or none any more. */
    user: async (organisation: string, id: string): Promise<Reached | undefined> =>
      (await db.systemRead(userOf(organisation, id)))[0],
    /** Who operates the installation; undefined before the first start is done. */
    home: async (): Promise<string | undefined> => (await db.systemRead(operatingBody))[0]?.id,
    accounts: createAccounts(context),
    organisations: createOrganisations(context),
    sessions: {
      signingIn: createSigningIn(context, attempts, codes),
      own: createOwn(context, steps),
      enrolment: createEnrolment(context, steps, factor),
      current: createCurrent(context),
    },
    rights: {
      roles: createRoles(context),
      assignments: createAssignments(context),
      keys: createKeys(context),
      unused: createUnused(context),
      permissionList: () =>
        [...context.permissions()].map((permission) => ({
          permission,
          routes: wiring.routesFor(permission).map(({ id, summary }) => ({ id, summary })),
        })),
    },
  };
}

export type IdentityService = ReturnType<typeof createIdentity>;
