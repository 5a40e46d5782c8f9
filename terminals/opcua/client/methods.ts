import { type FieldError, InputInvalid } from '@keystead/contracts/problem';
import { DeviceRefused, problemOf, refuse } from '@keystead/terminals/port';
import type { ClientSession } from 'node-opcua-client';
import type { OpcuaDevice } from '../device.ts';
import type { ClientLibrary } from '../library.ts';
import { fromVariant, toVariant, type WrittenVariant } from '../values.ts';

type Method = NonNullable<OpcuaDevice['methods']>[number];

const given = (params: unknown, name: string): unknown =>
  typeof params === 'object' && params !== null && Object.hasOwn(params, name)
    ? (params as Record<string, unknown>)[name]
    : undefined;

/**
 * Calls a method with its arguments by name, as the server declares them. Answers the outputs by name. Throws
 * `InputInvalid` when an argument is missing or of another type, `DeviceRefused` when the server says no.
 */
export async function callMethod(
  library: ClientLibrary,
  session: ClientSession,
  { object, method }: Method,
  params: unknown,
): Promise<{ outputs: Record<string, unknown> }> {
  const definition = await session.getArgumentDefinition(method);
  const faults: FieldError[] = [];
  const variants: WrittenVariant[] = [];
  for (const { name, dataType } of definition.inputArguments) {
    const basic = await library.findBasicDataType(session, dataType);
    const variant = toVariant(basic, given(params, name ?? ''));
    if ('problem' in variant) faults.push({ pointer: `/${name}`, code: variant.problem.type, detail: variant.detail });
    else variants.push(variant);
  }
  if (faults.length > 0) throw new InputInvalid({}, faults);
  const result = await session.call({
    objectId: object,
    methodId: method,
    inputArguments: variants.map((variant) => new library.Variant(variant)),
  });
  if (!result.statusCode.isGood()) throw problemOf(refuse(DeviceRefused, result.statusCode.name));
  const outputs: Record<string, unknown> = {};
  for (const [index, variant] of (result.outputArguments ?? []).entries()) {
    const converted = fromVariant(variant);
    const name = definition.outputArguments[index]?.name ?? `output${index + 1}`;
    outputs[name] = 'value' in converted ? converted.value : null;
  }
  return { outputs };
}
