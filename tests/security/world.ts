import { randomUUID } from 'node:crypto';
import { type DoorKeys, noDoorKeys } from './door-keys.ts';
import { type HousingFlow, nowhereHousing } from './housing-flow.ts';
import type { Person } from './person.ts';
import { type FieldWorld, nowhereField } from './phone.ts';
import { noResidents, type Residents } from './residents.ts';
import { type FirmwareWorld, nowhereFirmware } from './signed-firmware.ts';
import { noSwaps, type SwapFlow } from './swap-flow.ts';
import { noTenancy, type Tenancy } from './tenancy.ts';
import { noTenants, type Tenants } from './tenants.ts';

/** What examples are made of: each call gives something new that exists, unless it says otherwise. */
export interface World {
  /** Who carries the example out. */
  readonly me: string;
  /** A text nobody used before, fit for codes. */
  word(): string;
  /** Path of the project everything stands in. */
  projectPath(): Promise<string>;
  /** Path of a new place. */
  placePath(): Promise<string>;
  project(): Promise<string>;
  place(): Promise<string>;
  /** Another project. */
  elsewhere(): Promise<string>;
  /** The last import of places, not yet taken back. */
  importedPlaces(): Promise<void>;
  /** The last import of things, not yet taken back. */
  importedThings(): Promise<void>;
  /** A smoke detector in use. */
  thing(): Promise<{ id: string; code: string }>;
  plannedThing(): Promise<string>;
  credential(): Promise<{ thing: string; credential: string }>;
  /** An authority of device certificates that is trusted. */
  authority(): Promise<string>;
  provisionKey(): Promise<string>;
  relation(): Promise<{ thing: string; target: string }>;
  part(): Promise<string>;
  /** The photo of a dial, without a verdict. */
  dialCheck(): Promise<string>;
  record(): Promise<string>;
  alarm(): Promise<string>;
  supervisionTerminal(): Promise<string>;
  /** A warning that was sent to a terminal of the supervisor. */
  pushedWarning(): Promise<{ terminal: string; alarm: string }>;
  /** A house with its file. */
  house(): Promise<string>;
  /** A warning about a house; with its case or without. */
  warning(withCase: boolean): Promise<string>;
  /** A place of kind house without one. */
  bareHouse(): Promise<string>;
  /** Code of a project at the top of the tree. */
  topProject(): Promise<string>;
  /** The last import of houses, not yet taken back. */
  houseBatch(): Promise<string>;
  plan(): Promise<string>;
  /** A task of a plan of rounds that waits to be gone. */
  round(): Promise<string>;
  silence(): Promise<string>;
  alarmRule(): Promise<string>;
  /** A case that took these steps; `request` unless told. */
  case(steps?: readonly string[], kind?: string): Promise<string>;
  item(): Promise<{ case: string; item: string }>;
  link(): Promise<{ case: string; target: string }>;
  caseRule(): Promise<string>;
  notifyRule(): Promise<string>;
  channel(): Promise<string>;
  message(): Promise<string>;
  /** A notice that was sent or could not be. */
  notice(): Promise<string>;
  /** An event a subscription gave up on. */
  failedDelivery(): Promise<{ event: string; subscription: string }>;
  /** An account that has no role. */
  account(): Promise<string>;
  role(): Promise<string>;
  assignment(): Promise<{ user: string; assignment: string }>;
  key(): Promise<string>;
  /** A weakness entered by hand. */
  advisory(draft: object): Promise<string>;
  /** A codec script of one version, not published. */
  codec(draft: object): Promise<string>;
  /** One whose second version is in force after its first. */
  replacedCodec(draft: { name: string; source: string; samples: object[] }): Promise<string>;
  /** A dangerous command that waits for a second person. */
  waitingCommand(): Promise<string>;
  /** A batch whose commands wait for a second person. */
  waitingRun(): Promise<string>;
  draftCommand(): Promise<string>;
  scene(draft: object): Promise<string>;
  linkage(draft: object): Promise<string>;
  /** A thing of a family, in use. */
  device(family: string): Promise<string>;
  /** A link to the live picture of a camera, as the media server asks about it. */
  liveLink(): Promise<{ app: string; stream: string; params: string }>;
  /** A media server that answers, and is the one of the organisation. */
  mediaServer(): Promise<void>;
  /** An edge agent that was given one configuration. */
  edgeAgent(): Promise<string>;
  /** An invitation nobody used yet. */
  joinToken(): Promise<{ id: string; token: string }>;
  readonly residents: Residents;
  readonly tenancy: Tenancy;
  readonly housing: HousingFlow;
  readonly swaps: SwapFlow;
  readonly tenants: Tenants;
  readonly doorKeys: DoorKeys;
  readonly field: FieldWorld;
  /** Another one who may do everything. */
  colleague(): Promise<Pick<Person, 'id' | 'ask'>>;
  firmware: FirmwareWorld;
  /** Somebody signed in, without a second factor. */
  person(): Promise<Person>;
}

let words = 0;
export const newWord = (): string => `W${process.pid}-${++words}`;

/** A world of ids nobody has: whoever may ask is told that there is nothing, whoever may not is refused before. */
export function nowhere(): World {
  const id = async () => randomUUID() as string;
  return {
    me: randomUUID(),
    word: newWord,
    projectPath: async () => 'zzzz/',
    placePath: async () => 'zzzz/',
    project: id,
    place: id,
    elsewhere: id,
    importedPlaces: async () => {},
    importedThings: async () => {},
    thing: async () => ({ id: randomUUID(), code: newWord() }),
    plannedThing: id,
    credential: async () => ({ thing: randomUUID(), credential: randomUUID() }),
    authority: id,
    provisionKey: id,
    relation: async () => ({ thing: randomUUID(), target: randomUUID() }),
    part: id,
    dialCheck: id,
    record: id,
    alarm: id,
    supervisionTerminal: id,
    pushedWarning: async () => ({ terminal: randomUUID(), alarm: randomUUID() }),
    house: id,
    warning: id,
    bareHouse: id,
    topProject: async () => newWord(),
    houseBatch: id,
    plan: id,
    round: id,
    silence: id,
    alarmRule: id,
    case: id,
    item: async () => ({ case: randomUUID(), item: randomUUID() }),
    link: async () => ({ case: randomUUID(), target: randomUUID() }),
    caseRule: id,
    notifyRule: id,
    channel: id,
    message: id,
    notice: id,
    failedDelivery: async () => ({ event: randomUUID(), subscription: 'nobody.listens' }),
    account: id,
    role: id,
    assignment: async () => ({ user: randomUUID(), assignment: randomUUID() }),
    key: id,
    advisory: id,
    codec: id,
    replacedCodec: id,
    waitingCommand: id,
    waitingRun: id,
    draftCommand: id,
    scene: id,
    linkage: id,
    device: id,
    liveLink: async () => ({ app: 'live', stream: newWord(), params: 'token=none' }),
    mediaServer: async () => {},
    edgeAgent: id,
    firmware: nowhereFirmware,
    joinToken: async () => ({ id: randomUUID(), token: `join_${randomUUID()}` }),
    residents: noResidents(),
    tenancy: noTenancy(),
    housing: nowhereHousing(),
    swaps: noSwaps(),
    tenants: noTenants(),
    doorKeys: noDoorKeys(id),
    field: nowhereField,
    colleague: async () => ({
      id: randomUUID(),
      ask: async () => {
        throw new Error('nobody lives nowhere');
      },
    }),
    person: async () => {
      throw new Error('nobody lives nowhere');
    },
  };
}
