import { problem } from '@keystead/contracts/problem';

/** The media server did not answer, or said no. */
export class MediaServerFailed extends problem('media-server-failed', 502) {}

/** One recorded file, [from, to) in ms since 1970. */
export interface Span {
  from: number;
  to: number;
  /** Path below the server's address, for links. */
  path: string;
}

/** A path below the server's address: as it is signed, and as a browser plays it without help. */
export interface PlayPath {
  signed: string;
  played: string;
}

export interface StreamState {
  live: boolean;
  viewers: number;
  /** Bytes a second. */
  speed: number;
}

export interface RtpTarget {
  host: string;
  port: number;
  /** Ten digits, as GB/T 28181 numbers streams. */
  ssrc: string;
}

/**
 * The outside media server: video goes between it and cameras and people, never through us. All methods throw
 * MediaServerFailed. One per organisation.
 */
export interface MediaServer {
  state(stream: string): Promise<StreamState>;
  /** Recorded files that begin within [from, to), oldest first. */
  recorded(stream: string, from: number, to: number): Promise<Span[]>;
  /** Destroys one recorded file. */
  remove(stream: string, span: Span): Promise<void>;
  /** Sends a live stream as MPEG-PS over RTP (UDP); resolves with the port it comes from. */
  send(stream: string, target: RtpTarget): Promise<{ port: number }>;
  stopSending(stream: string, ssrc: string): Promise<void>;
  /** Opens a port (RTP over UDP) for a stream somebody is asked to send; it closes itself when nothing comes. */
  receive(stream: string): Promise<{ port: number }>;
  /** Where a stream that comes in there is played. */
  received(stream: string): PlayPath;
  /** Path of a live stream that a browser plays without help. */
  livePath(stream: string): string;
}
