import type { OrganisationId } from '@keystead/contracts/access';
import type { FirmwareReport } from '@keystead/contracts/firmware';
import type { TransferLevel } from '@keystead/contracts/labels';
import type { AcceptedEvent, AcceptedMessage } from '@keystead/contracts/telemetry';
import type { ThingModel } from '@keystead/contracts/thing-model';
import type { DroppedRecords } from '@keystead/terminals/mqtt';
import type { Refusal } from '@keystead/terminals/port';

/** What a device shows to be known by; one kind for each class of hardware (H-11.2-d). */
export type Credential =
  | { kind: 'token'; token: string }
  | { kind: 'secret'; username: string; password: string; clientId: string }
  /**
   * SHA-256 of the client certificate, lower-case hexadecimal without colons; `chain` is the DER of all that was shown,
   * the device's own first.
   */
  | { kind: 'certificate'; fingerprint: string; subject: string; chain?: readonly Buffer[] }
  /** Signed with a secret that does not travel; see signature.ts for the form on the wire. */
  | {
      kind: 'signature';
      clientId: string;
      code: string;
      algorithm: 'hmacsha256' | 'hmacsm3';
      timestamp: number;
      nonce: string;
      signature: string;
    };

/** A thing that may speak, as the gateway needs to know it. Not where it stands: that changes while it is connected. */
export interface Admitted {
  /** Dense number of the thing, the key of its telemetry. */
  thing: number;
  id: string;
  code: string;
  organisation: OrganisationId;
  model: ThingModel;
  isGateway: boolean;
  /** Version of the whitelist the decision was made from. */
  whitelist: number;
}

/** Why a thing may not speak; `thing` when the credential belonged to one. */
export interface Denied extends Refusal {
  thing?: number;
}

export interface Misbehaviour {
  kind: 'topic-forbidden' | 'clone' | 'revoked' | 'unlisted' | 'garbage';
  thing?: number;
  code?: string;
  /** Address it came from. */
  peer: string;
  detail: string;
}

/** Who is this device, may it speak? Provided by things. */
export interface Admission {
  admit(credential: Credential, peer: string): Promise<Admitted | Denied>;
  /** A device behind a gateway, by the name the gateway gives it. */
  child(gateway: Admitted, name: string): Promise<Admitted | Denied>;
  /** Calls back with each thing that lost its right, or whose rights changed, within a second of the change. */
  onRevoked(listen: (thing: number) => void): () => void;
  /** A security finding (H-11.2-g-3); at most one of a kind a thing and address in ten seconds. */
  misbehaved(report: Misbehaviour): void;
}

/** What a device that has no credential yet shows to be given one (一型一密). */
export interface ProvisionRequest {
  deviceName: string;
  key: string;
  secret: string;
  /** `token` unless it asks otherwise. */
  kind: 'token' | 'secret' | 'signature';
}

export interface Provisioned {
  kind: 'token' | 'secret' | 'signature';
  /** For `secret`: the user name. */
  username: string | null;
  value: string;
}

/** Dynamic registration; provided by things. */
export interface Provisioning {
  provision(request: ProvisionRequest, peer: string): Promise<Provisioned | Denied>;
}

/** Makes data durable. Resolves after the commit, never before; the acknowledgement hangs on it. */
export interface Intake {
  /**
   * `received`: µs since 1970. Level 3 stands first, then 2, then 1. `ranges`: numbers of agents' logs that these are, kept
   * in the same commit, so that a gateway that dies does not leave records whose numbers nobody knows (`H-7.2-b-2`).
   * `urgent`: from senders that know level 3; must not wait for a commit that is not (`H-7.3-0-1`).
   */
  accept(
    messages: AcceptedMessage[],
    events: AcceptedEvent[],
    received: number,
    ranges: readonly CommittedRange[],
    urgent: boolean,
  ): Promise<{ batch: number }>;
}

export interface Heard {
  thing: number;
  /** Time of the last word, µs since 1970. */
  time: number;
}

/** Signs of life, gathered: one row a thing a second at most. */
export interface Contact {
  heard(rows: Heard[]): void;
  connected(thing: number, session: string): void;
  /** `broken`: it ended without a word of farewell, and not by our own closing. */
  disconnected(thing: number, session: string, broken?: boolean): void;
}

export interface AttributesGiven {
  client: Record<string, unknown>;
  shared: Record<string, unknown>;
}

export interface Attributes {
  /** Absent lists mean all of that kind. */
  get(thing: number, wanted: { client?: string[]; shared?: string[] }): Promise<AttributesGiven>;
  /** Resolves after the commit. `time`: µs since 1970. */
  put(thing: number, values: Record<string, unknown>, time: number): Promise<void>;
  /** A credential that waits to take the place of the device's own; asked for only over TLS. Absent = never. */
  fresh?(thing: number): Promise<object | undefined>;
  /** Shared attributes changed by the platform, to be told to the device. */
  onShared(listen: (thing: number, values: Record<string, unknown>) => void): () => void;
}

export interface PendingCommand {
  thing: number;
  /** Number of the call on the wire; stays the same over reconnects, so that a late reply still finds its command. */
  request: number;
  method: string;
  params: unknown;
}

/** The outbox of commands: what awaits a device. */
export interface Commands {
  /**
   * Takes what awaits a thing, urgent first, at most `limit`. It counts as sent from then on, before its first byte has
   * left, so that nothing is ever sent twice. `again` = a new connection: what may be repeated comes once more.
   */
  take(thing: number, options: { limit: number; again: boolean }): Promise<PendingCommand[]>;
  /** Who writes what comes in while a thing is listening. */
  onCommand(reach: {
    reaches(thing: number): boolean;
    /** False when it could not be written after all. */
    command(command: PendingCommand): boolean;
  }): () => void;
  /** Taken and not written: it waits again. */
  returned(thing: number, request: number): void;
  answered(thing: number, request: number, reply: unknown): Promise<void>;
  /** A call from the device; rejects with a Problem when the method is unknown. */
  asked(thing: number, method: string, params: unknown): Promise<unknown>;
}

/** One line of what was refused or flagged, gathered over a second. */
export interface RefusalRow {
  thing?: number;
  peer: string;
  /** Stable problem type. */
  type: string;
  count: number;
  /** ms since 1970. */
  first: number;
  last: number;
  /** The latest sample: where and what, at most 200 bytes, never a credential. */
  sample: string;
}

export interface RefusalSink {
  flush(rows: RefusalRow[]): void;
}

/** Consecutive records of one level of an edge agent's log that are committed, or will never come. */
export interface CommittedRange {
  /** Number of the agent's thing. */
  agent: number;
  /** Another name is another log, numbered from 1 again. */
  log: string;
  level: TransferLevel;
  /** `to` < `from`: no records, only news of dropped ones. */
  from: number;
  to: number;
  /** Event times of the records, µs since 1970; absent without readable records. */
  first?: number;
  last?: number;
  /** Records the agent had to drop, with the times they were of. */
  dropped: readonly DroppedRecords[];
  /** µs since 1970. */
  received: number;
}

/** Where the numbers of agents' logs are kept, so that the centre can state that nothing is missing (H-7.2-b-1). */
export interface Ranges {
  /** What is committed of a log; asked once for each log a gateway process meets. */
  known(agent: number, log: string): Promise<{ level: TransferLevel; from: number; to: number }[]>;
  /** Told of a range that brought no signals, before the acknowledgement; the same may be told again. Others go to `Intake`. */
  committed(range: CommittedRange): Promise<void>;
}

export interface OfferedFirmware {
  title: string;
  version: string;
  /** Bytes. */
  size: number;
  /** SHA-256, hexadecimal. */
  hash: string;
}

/** Updates (H-6.1-3): parts of a package for the device it is offered to, and for nobody else. */
export interface Firmware {
  /** Rejects with a Problem when nothing is offered. */
  offered(thing: number): Promise<OfferedFirmware>;
  /** A part, shorter at the end; rejects with a Problem when nothing is offered, or the device has to wait its turn. */
  read(thing: number, offset: number, length: number): Promise<Uint8Array>;
  /** What a device says of its firmware; resolves after the commit. */
  reported(thing: number, report: FirmwareReport): Promise<void>;
}

export interface GatewayPorts {
  /** Absent = there are no updates. */
  firmware?: Firmware;
  /** Absent = the numbers are remembered while the process lives. */
  ranges?: Ranges;
  /** Absent = nobody is registered over the wire. */
  provisioning?: Provisioning;
  admission: Admission;
  intake: Intake;
  contact: Contact;
  attributes: Attributes;
  commands: Commands;
  refusals: RefusalSink;
}
