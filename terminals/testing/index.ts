export { eventually } from './eventually.ts';
export { type RecordingHost, recordingHost } from './host.ts';
export { comesBackUnchanged, findsTheFrame, type HostileScene, seesFlippedBits, staysTyped } from './hostile.ts';
export { type Peer, startPeer } from './peer.ts';
