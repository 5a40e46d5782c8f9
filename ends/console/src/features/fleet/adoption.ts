interface Device {
  /** Code of the thing. */
  name: string;
  at: Record<string, unknown>;
  family?: string;
}

/** A model as a configuration carries it. */
interface Model {
  family: string;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/**
 * A configuration with one more device on a channel, and with the model it is judged by. The version is left out: the
 * platform gives it. Undefined when the channel is not there any more.
 */
export function withDevice(
  document: unknown,
  channel: string,
  device: Device,
  model: Model | undefined,
): Record<string, unknown> | undefined {
  if (!isObject(document)) return undefined;
  const { version: _, ...rest } = document;
  const channels = list(document.channels);
  const stands = channels.find((each) => isObject(each) && each.name === channel);
  if (!isObject(stands)) return undefined;
  const wider = { ...stands, devices: [...list(stands.devices), device] };
  const models = list(document.models);
  const known = model === undefined || models.some((each) => isObject(each) && each.family === model.family);
  return {
    ...rest,
    ...(known ? {} : { models: [...models, model] }),
    channels: channels.map((each) => (each === stands ? wider : each)),
  };
}
