export {
  type Broker,
  type BrokerMessage,
  BrokerSettings,
  type BrokerUse,
  type HowPublished,
  openBroker,
  sendToDevice,
} from './broker.ts';
export { type Candidate, Candidates } from './candidates.ts';
export {
  type Bearer,
  bearers,
  type Channel,
  type ChannelDevice,
  type ChannelHost,
  type ChannelKind,
  type ChannelSetup,
  type DeviceMemory,
  type DevicePackage,
  type LinkFigures,
} from './channel.ts';
export {
  CodecCut,
  CodecFailed,
  CodecUnknown,
  type CodedCommand,
  type CodedPayload,
  type DecodedPayload,
  type EncodedPayload,
  type PayloadCodec,
  type StreamCut,
} from './codec.ts';
export { type NameOf, uplinksOf } from './decoded.ts';
export type { AttributeSet, Downlink, Driver, Occurrence, Reading, Uplink } from './driver.ts';
export type { FrameExplanation, FrameField, FrameReader } from './explanation.ts';
export { fitting } from './fitting.ts';
export type { Login } from './http/authorization.ts';
export { webLoginFields } from './http/login-fields.ts';
export { bodyWithin, openReceiver, type Receiver } from './http/receiver.ts';
export { type SignedRequest, signedRequest } from './http/signed-request.ts';
export { isJsonObject, type JsonObject, readJsonObject } from './json-object.ts';
export { ByteLineSettings } from './line/byte-line.ts';
export { byteSum, type FrameForm, FrameScanner, type Scanned } from './line/frame-scanner.ts';
export { dial, keepOpen, openSerial, type SerialSettings } from './line/opening.ts';
export { countedExchange, countedSilence, countLinks, type LinkCounter, linksOf } from './links.ts';
export { mustBeMeant } from './meant.ts';
export { allFf, bytesOfDigits, bytesOfHex, decimalOf, digitsOf, hexOf } from './metering/bcd.ts';
export type { Meter, MeterAnswer, MeterReading, PastRecords } from './metering/meter.ts';
export { instantOfWall, type WallTime, wallOf } from './metering/meter-clock.ts';
export { MeterLine } from './metering/meter-line.ts';
export type { PastEntry } from './metering/past-walk.ts';
export { meterLineFields } from './metering/settings.ts';
export type { Talk } from './metering/talk.ts';
export {
  CertificateUntrusted,
  ChecksumWrong,
  ClockSuspect,
  CommitFailed,
  CredentialCloned,
  CredentialRevoked,
  CredentialUnknown,
  DeviceNotListed,
  DeviceRefused,
  DeviceSilent,
  EventUnknown,
  isRefusal,
  MethodUnknown,
  NothingPending,
  Overloaded,
  PayloadMalformed,
  PayloadNotUtf8,
  PayloadTooLarge,
  PropertyUnknown,
  ProtocolViolated,
  problemOf,
  type Refusal,
  refuse,
  TimeOutOfRange,
  TopicForbidden,
  ValueWrongType,
} from './refusal.ts';
export { type Refuse, refusingOfDevices, refusingOnLine, untaken } from './refusing.ts';
export { rest } from './rest.ts';
export { ToldOnce } from './told-once.ts';
