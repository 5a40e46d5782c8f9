export { type Gb26875Channel, gb26875Channel } from './channel.ts';
export { addressBytes, addressText, command, type Frame, gb26875Form, readFrame, writeFrame } from './frame.ts';
export { gb26875Reader } from './reader.ts';
