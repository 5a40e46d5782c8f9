import { createCipheriv, createDecipheriv } from 'node:crypto';
import { methods } from '../message/code.ts';
import { encodeBody } from '../message/message.ts';
import { type Option, optionNumbers, optionOf, readOptions } from '../message/option.ts';
import { cbor } from './cbor.ts';
import { aead, nonceOf, type OscoreContext } from './context.ts';
import { readObject, writeObject } from './object.ts';

/** What is protected: code, options and payload of a message; its header and token are not. */
export interface Content {
  code: number;
  options: Option[];
  payload: Uint8Array;
}

/** Which request an answer belongs to: its sender and number go into the additional data of both. */
export interface RequestBinding {
  kid: Uint8Array;
  piv: Uint8Array;
}

const tagLength = 8;
const none = new Uint8Array(0);
/** Options routing needs; they stay outside (Class U). */
const outer = new Set<number>([
  optionNumbers.uriHost,
  optionNumbers.uriPort,
  optionNumbers.proxyUri,
  optionNumbers.proxyScheme,
]);

function additionalData({ kid, piv }: RequestBinding): Uint8Array {
  return cbor(['Encrypt0', none, cbor([1, [aead], kid, piv, none])]);
}

function seal(key: Uint8Array, nonce: Uint8Array, binding: RequestBinding, content: Content): Uint8Array {
  const inner = content.options.filter(({ number }) => !outer.has(number) && number !== optionNumbers.oscore);
  const plain = Buffer.concat([Uint8Array.of(content.code), encodeBody(inner, content.payload)]);
  const cipher = createCipheriv('aes-128-ccm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(additionalData(binding), { plaintextLength: plain.length });
  return Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** Undefined when it is not genuine, or genuine and no message. */
function unseal(key: Uint8Array, nonce: Uint8Array, binding: RequestBinding, sealed: Uint8Array): Content | undefined {
  if (sealed.length <= tagLength) return undefined;
  const decipher = createDecipheriv('aes-128-ccm', key, nonce, { authTagLength: tagLength });
  decipher.setAuthTag(sealed.subarray(-tagLength));
  decipher.setAAD(additionalData(binding), { plaintextLength: sealed.length - tagLength });
  let plain: Uint8Array;
  try {
    plain = decipher.update(sealed.subarray(0, -tagLength));
    decipher.final();
  } catch {
    return undefined;
  }
  const [code] = plain;
  const read = readOptions(plain, 1);
  if (code === undefined || typeof read === 'string' || read.end === plain.length - 1) return undefined;
  return { code, options: read.options, payload: plain.subarray(read.end + 1) };
}

function outside(content: Content, object: Uint8Array, isAnswer: boolean, sealed: Uint8Array): Content {
  const observe = content.options.filter(({ number }) => number === optionNumbers.observe);
  const kept = content.options.filter(({ number }) => outer.has(number));
  const options = [...kept, ...observe, { number: optionNumbers.oscore, value: object }];
  // With Observe the outer code is FETCH and 2.05, so that a proxy in between lets notifications through.
  const code = isAnswer ? (observe.length > 0 ? 0x45 : 0x44) : observe.length > 0 ? methods.fetch : methods.post;
  return { code, options: options.toSorted((a, b) => a.number - b.number), payload: sealed };
}

/** `piv`: our own next number, never given out before. */
export function protectRequest(context: OscoreContext, content: Content, piv: Uint8Array): Content {
  const nonce = nonceOf(context, context.senderId, piv);
  const sealed = seal(context.senderKey, nonce, { kid: context.senderId, piv }, content);
  return outside(content, writeObject({ piv, kid: context.senderId, kidContext: context.idContext }), false, sealed);
}

/** Without `piv` the nonce of the request is used, which is allowed once for each request that is known to be new. */
export function protectAnswer(context: OscoreContext, content: Content, to: RequestBinding, piv?: Uint8Array): Content {
  const nonce = piv ? nonceOf(context, context.senderId, piv) : nonceOf(context, to.kid, to.piv);
  // A number inside a notification says nothing new: the order is that of the partial IVs (§4.1.3.5.2).
  const inner = content.options.map((option) =>
    option.number === optionNumbers.observe ? { number: option.number, value: none } : option,
  );
  const sealed = seal(context.senderKey, nonce, to, { ...content, options: inner });
  return outside(content, writeObject({ piv }), true, sealed);
}

export function unprotectRequest(
  context: OscoreContext,
  sealed: Uint8Array,
  from: RequestBinding,
): Content | undefined {
  return unseal(context.recipientKey, nonceOf(context, from.kid, from.piv), from, sealed);
}

/** The answer to our request `to`; `piv` is there when it has a number of its own. */
export function unprotectAnswer(
  context: OscoreContext,
  protectedContent: Content,
  to: RequestBinding,
): { content: Content; piv?: Uint8Array } | undefined {
  const value = optionOf(protectedContent.options, optionNumbers.oscore);
  const object = value && readObject(value);
  if (!object) return undefined;
  const { piv } = object;
  const nonce = piv ? nonceOf(context, context.recipientId, piv) : nonceOf(context, to.kid, to.piv);
  const content = unseal(context.recipientKey, nonce, to, protectedContent.payload);
  return content && { content, piv };
}
