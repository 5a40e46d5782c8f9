import type { FieldError } from '@keystead/contracts/problem';
import { disablesAutonomy, type ThingModel, validateModel } from '@keystead/contracts/thing-model';
import type { AgentConfiguration } from './configuration.ts';

/**
 * What is wrong with a configuration of the right shape, whoever looks at it, by JSON pointer: bad models, names that
 * are there twice or not at all, scenes that would disable the autonomous start of a fire device (`H-6.3-b-2`).
 * What protocols ask of their settings is judged by the agent that runs them.
 */
export function configurationFaults({
  models = [],
  channels = [],
  responses = [],
  doors = [],
}: AgentConfiguration): FieldError[] {
  const faults: FieldError[] = [];
  const refuse = (pointer: string, code: string, detail: string) => faults.push({ pointer, code, detail });
  const byFamily = new Map<string, ThingModel>();
  models.forEach((model, index) => {
    faults.push(...validateModel(model).map((error) => ({ ...error, pointer: `/models/${index}${error.pointer}` })));
    byFamily.set(model.family, model);
  });
  const names = new Set<string>();
  const modelOf = new Map<string, ThingModel | undefined>();
  channels.forEach(({ name, devices }, index) => {
    if (names.has(name)) refuse(`/channels/${index}/name`, 'duplicate-name', name);
    names.add(name);
    devices.forEach((device, position) => {
      const pointer = `/channels/${index}/devices/${position}`;
      if (modelOf.has(device.name)) refuse(`${pointer}/name`, 'duplicate-name', device.name);
      const model = byFamily.get(device.family ?? '');
      if (device.family !== undefined && !model) refuse(`${pointer}/family`, 'model-missing', device.family);
      modelOf.set(device.name, model);
    });
  });
  responses.forEach(({ calls }, index) => {
    calls.forEach(({ device, method, params }, position) => {
      const pointer = `/responses/${index}/calls/${position}`;
      if (!modelOf.has(device)) refuse(`${pointer}/device`, 'device-missing', device);
      const model = modelOf.get(device);
      if (model && disablesAutonomy(model, { service: method, values: params }))
        refuse(`${pointer}/method`, 'autonomy-protected', method);
    });
  });
  doors.forEach(({ device }, index) => {
    if (!modelOf.has(device)) refuse(`/doors/${index}/device`, 'device-missing', device);
  });
  return faults;
}
