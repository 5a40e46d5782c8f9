import { isRefusal } from '@keystead/terminals/port';
import type { DataType, DataValue, StatusCode, Variant } from 'node-opcua-client';
import type { OPCUAServer } from 'node-opcua-server';
import type { ClientLibrary } from '../library.ts';
import { fromVariant, toVariant } from '../values.ts';
import { type ExposedProperty, type ExposedService, type ExposedThing, nodeOf, typeNumbers } from './things.ts';

type Engine = OPCUAServer['engine'];
type AddressSpace = NonNullable<Engine['addressSpace']>;
type Namespace = ReturnType<AddressSpace['getOwnNamespace']>;
type Folder = ReturnType<Namespace['addObject']>;
type Variable = ReturnType<Namespace['addVariable']>;

/** What clients want of the things; a rejection tells them that it was refused. */
export interface Wishes {
  write(thing: string, property: string, value: unknown): Promise<void>;
  call(thing: string, service: string, inputs: Record<string, unknown>): Promise<void>;
}

export interface Shown {
  variable: Variable;
  property: ExposedProperty;
}

interface Place {
  library: ClientLibrary;
  namespace: Namespace;
  wishes: Wishes;
}

async function answered(library: ClientLibrary, work: () => Promise<void>): Promise<StatusCode> {
  try {
    await work();
    return library.StatusCodes.Good;
  } catch {
    // Why is told where the wish was refused; a client of another maker knows only status codes.
    return library.StatusCodes.BadUserAccessDenied;
  }
}

function addProperty(place: Place, thing: ExposedThing, folder: Folder, property: ExposedProperty): Shown {
  const { library, namespace, wishes } = place;
  const { name, title, unit, type, writable = false } = property;
  const dataType = typeNumbers[type];
  const access = writable ? 'CurrentRead | CurrentWrite' : 'CurrentRead';
  const variable = namespace.addVariable({
    componentOf: folder,
    nodeId: nodeOf(thing.code, name),
    browseName: name,
    displayName: title ?? name,
    ...(unit === undefined ? {} : { description: unit }),
    dataType: library.DataType[dataType] ?? 'BaseDataType',
    accessLevel: access,
    userAccessLevel: access,
  });
  if (writable) {
    let current: DataValue = new library.DataValue({ statusCode: library.StatusCodes.BadWaitingForInitialData });
    variable.on('value_changed', (value: DataValue) => {
      current = value;
    });
    const write = async (value: DataValue): Promise<StatusCode> => {
      const converted = fromVariant(value.value);
      if (isRefusal(converted)) return library.StatusCodes.BadTypeMismatch;
      return answered(library, () => wishes.write(thing.code, name, converted.value));
    };
    variable.bindVariable(
      {
        timestamped_get: () => current,
        timestamped_set: write,
      },
      true,
    );
  }
  return { variable, property };
}

function addService(place: Place, thing: ExposedThing, folder: Folder, service: ExposedService): void {
  const { library, namespace, wishes } = place;
  const method = namespace.addMethod(folder, {
    nodeId: nodeOf(thing.code, `${service.name}()`),
    browseName: service.name,
    inputArguments: service.inputs.map(({ name, type }) => ({ name, dataType: typeNumbers[type] as DataType })),
    outputArguments: [],
  });
  // The library tells promises from callbacks by the number of parameters: two are wanted.
  method.bindMethod(async (inputs: Variant[], _context: unknown) => {
    const values: Record<string, unknown> = {};
    for (const [index, { name }] of service.inputs.entries()) {
      const converted = fromVariant(inputs[index] ?? { dataType: 0 });
      if (isRefusal(converted)) return { statusCode: library.StatusCodes.BadInvalidArgument };
      values[name] = converted.value;
    }
    return { statusCode: await answered(library, () => wishes.call(thing.code, service.name, values)) };
  });
}

/** Puts things into the address space; answers their variables by `code.property`. */
export function exposeThings(
  library: ClientLibrary,
  server: OPCUAServer,
  things: readonly ExposedThing[],
  wishes: Wishes,
): Map<string, Shown> {
  const { addressSpace } = server.engine;
  if (!addressSpace) throw new Error('the server has no address space yet');
  const namespace = addressSpace.getOwnNamespace();
  const place: Place = { library, namespace, wishes };
  const root = namespace.addObject({
    organizedBy: addressSpace.rootFolder.objects,
    nodeId: 's=Things',
    browseName: 'Things',
  });
  const shown = new Map<string, Shown>();
  for (const thing of things) {
    const folder = namespace.addObject({
      organizedBy: root,
      nodeId: nodeOf(thing.code),
      browseName: thing.code,
      displayName: thing.name,
    });
    for (const property of thing.properties)
      shown.set(`${thing.code}.${property.name}`, addProperty(place, thing, folder, property));
    for (const service of thing.services ?? []) addService(place, thing, folder, service);
  }
  return shown;
}

/** Sets the value a variable shows. A value its type does not allow is shown as bad, never bent. */
export function showValue(library: ClientLibrary, { variable, property }: Shown, value: unknown, time: Date): void {
  const variant = toVariant(typeNumbers[property.type], value);
  if ('problem' in variant) {
    variable.setValueFromSource({ dataType: 0 }, library.StatusCodes.BadTypeMismatch, time);
    return;
  }
  variable.setValueFromSource(variant, library.StatusCodes.Good, time);
}
