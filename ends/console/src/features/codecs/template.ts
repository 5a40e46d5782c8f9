/** What a new script begins with. */
export const template = `// bytes → words. Also possible: device, readings, events, attributes, reply, answer, errors.
function decodeUplink({ bytes, fPort, recvTime, variables }) {
  return { data: { value: bytes[0] } };
}

// commands → bytes
function encodeDownlink({ method, data, request, device, variables }) {
  return { errors: ['unknown method ' + method] };
}

// Where the first frame of a stream ends: { length }, { skip } for bytes of no use, or nothing: more is needed.
function frame({ bytes, variables }) {
  return { length: bytes.length };
}
`;
