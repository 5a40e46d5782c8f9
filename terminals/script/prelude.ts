/**
 * Evaluated in a fresh context before the script. What it needs of the language it keeps for itself, so that a script
 * that replaces `JSON.stringify` deceives only its own result. Gives one function: (what, input as JSON) → JSON.
 *
 * The functions a script may define: `decodeUplink`, `encodeDownlink`, `decodeDownlink` as LoRa Alliance TS013 has them,
 * `frame` for byte streams, and the older names `Decode(fPort, bytes, variables)`, `Decoder(bytes, fPort)`,
 * `Encode(fPort, data, variables)`, `Encoder(data, fPort)`.
 */
export const prelude = `(function () {
  'use strict';
  const { parse, stringify } = JSON;
  const look = eval;
  const When = Date;
  const find = (name) => look('typeof ' + name + " === 'function' ? " + name + ' : undefined');
  const decode = (input) => {
    if (input.recvTime !== undefined) input.recvTime = new When(input.recvTime);
    const now = find('decodeUplink');
    if (now) return now(input);
    const decoder = find('Decode');
    if (decoder) return { data: decoder(input.fPort, input.bytes, input.variables) };
    const older = find('Decoder');
    if (older) return { data: older(input.bytes, input.fPort) };
  };
  const encode = (input) => {
    const now = find('encodeDownlink');
    if (now) return now(input);
    const encoder = find('Encode');
    if (encoder) return { bytes: encoder(input.fPort, input.data, input.variables) };
    const older = find('Encoder');
    if (older) return { bytes: older(input.data, input.fPort) };
  };
  const cut = ({ bytes, most, variables }) => {
    const frame = find('frame');
    if (!frame) return;
    const frames = [];
    let at = 0;
    let rest = bytes;
    while (rest.length > 0 && frames.length < most) {
      const found = frame({ bytes: rest, variables });
      if (!found) break;
      const { length, skip } = found;
      if (typeof skip === 'number' && skip > 0) {
        frames[frames.length] = [-1, skip];
        at += skip;
      } else if (typeof length === 'number' && length > 0) {
        if (length > rest.length) break;
        frames[frames.length] = [at, at + length];
        at += length;
      } else break;
      rest = bytes.slice(at);
    }
    return { frames, rest: at };
  };
  const uses = {
    decode,
    encode,
    cut,
    back: (input) => find('decodeDownlink')?.(input),
    names: () => [
      'decodeUplink', 'encodeDownlink', 'decodeDownlink', 'frame', 'Decode', 'Decoder', 'Encode', 'Encoder',
    ].filter((name) => find(name)),
  };
  return (use, input) => stringify(uses[use](parse(input)));
})()`;
