import { createCodecs, scriptLimits } from '@keystead/terminals/script';
const codecs = createCodecs({ now: () => new Date() }, scriptLimits);
const source = 'function decodeUplink(i) { return { data: { sum: i.bytes.reduce((a, b) => a + b, 0), text: String.fromCharCode.apply(null, i.bytes) } }; }';
const codec = codecs.trial(source);
const bytes = new Uint8Array(40).fill(7);
await codec.decode({ bytes });
for (const n of [1, 8, 64, 256]) {
  const t = performance.now(); let done = 0;
  while (performance.now() - t < 3000) { await Promise.all(Array.from({ length: n }, () => codec.decode({ bytes }))); done += n; }
  console.log(n, Math.round(done / ((performance.now() - t) / 1000)), 'per s');
}
await codecs.close();
