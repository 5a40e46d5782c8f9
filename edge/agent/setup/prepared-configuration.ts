import {
  type AgentConfiguration,
  AgentConfigurationSchema,
  configurationFaults,
  type DeviceSetup,
  isSigned,
} from '@keystead/contracts/agent';
import { symbolsOf } from '@keystead/contracts/expression';
import { type FieldError, problem } from '@keystead/contracts/problem';
import { appliesTo, type CompiledRule, compileRule } from '@keystead/contracts/rules';
import { fieldErrors, type ThingModel } from '@keystead/contracts/thing-model';
import { Value } from 'typebox/value';
import type { CodecShelf } from '../channels/codec-shelf.ts';
import type { KindRegistry } from '../channels/kind-registry.ts';
import type { WantedLine } from '../channels/lines.ts';
import { inThread } from '../channels/thread-channel.ts';

/** A configuration that cannot be used; `errors` tells all that is wrong. */
export class ConfigurationRefused extends problem('configuration-refused', 422) {}

export interface PreparedDevice {
  setup: DeviceSetup;
  model: ThingModel | undefined;
  rules: CompiledRule[];
}

/** A configuration with everything in it checked and made ready; nothing was touched yet. */
export interface PreparedConfiguration {
  document: AgentConfiguration;
  lines: WantedLine[];
  devices: PreparedDevice[];
}

export interface PreparationOptions {
  kinds: KindRegistry;
  codecs: Pick<CodecShelf, 'check'>;
  /** PEM; with it unsigned grants are refused. */
  grantsKey?: string;
  threadLost(channel: string, cause: unknown): void;
}

/** Checks a document whole and prepares it. Throws `ConfigurationRefused` with every error, by JSON pointer. */
export async function prepareConfiguration(
  document: unknown,
  options: PreparationOptions,
): Promise<PreparedConfiguration> {
  const shape = fieldErrors(AgentConfigurationSchema, document);
  if (shape.length > 0) throw new ConfigurationRefused({}, shape);
  const configuration = document as AgentConfiguration;
  const errors: FieldError[] = [];
  const refuse = (pointer: string, code: string, detail?: string) =>
    errors.push({ pointer, code, ...(detail && { detail }) });
  const models = new Map<string, ThingModel>();
  for (const model of configuration.models ?? []) models.set(model.family, model);
  errors.push(...configurationFaults(configuration));
  errors.push(...(await options.codecs.check(configuration.codecs ?? [])));
  const lines = await prepareLines(configuration, options, refuse);
  const devices = errors.length > 0 ? [] : prepareDevices(configuration, models, errors);
  const { grants } = configuration;
  if (grants && options.grantsKey !== undefined && !isSigned(grants, options.grantsKey))
    refuse('/grants/signature', 'not-signed');
  if (errors.length > 0) throw new ConfigurationRefused({}, errors.slice(0, 100));
  return { document: configuration, lines, devices };
}

type Refuse = (pointer: string, code: string, detail?: string) => void;

async function prepareLines(
  configuration: AgentConfiguration,
  options: PreparationOptions,
  refuse: Refuse,
): Promise<WantedLine[]> {
  const lines: WantedLine[] = [];
  for (const [index, channel] of (configuration.channels ?? []).entries()) {
    const entry = Object.hasOwn(options.kinds, channel.protocol) ? options.kinds[channel.protocol] : undefined;
    if (entry === undefined) {
      refuse(`/channels/${index}/protocol`, 'protocol-unknown', channel.protocol);
      continue;
    }
    const kind = await entry.load();
    const judged = (given: unknown, at: string): unknown => {
      const settings = Value.Default(kind.settings, structuredClone(given ?? {}));
      for (const { pointer, code, detail } of fieldErrors(kind.settings, settings))
        refuse(`/channels/${index}/${at}${pointer}`, code, detail);
      return settings;
    };
    const settings = judged(channel.settings, 'settings');
    const alternatives = channel.alternatives?.map((given, way) => judged(given, `alternatives/${way}`));
    const devices = channel.devices.map((device, position) => {
      const at = Value.Default(kind.device, structuredClone(device.at ?? {}));
      for (const { pointer, code, detail } of fieldErrors(kind.device, at))
        refuse(`/channels/${index}/devices/${position}/at${pointer}`, code, detail);
      return { ...device, at };
    });
    const threaded = channel.thread ?? entry.thread ?? false;
    lines.push({
      configuration: { ...channel, settings, ...(alternatives && { alternatives }), devices },
      kind: threaded ? inThread(kind, options.threadLost) : kind,
    });
  }
  return lines;
}

function prepareDevices(
  { channels = [], rules = [] }: AgentConfiguration,
  models: ReadonlyMap<string, ThingModel>,
  errors: FieldError[],
): PreparedDevice[] {
  // A rule is compiled once for each model it meets.
  const compiled = new Map<string, CompiledRule | undefined>();
  const ruleFor = (index: number, model: ThingModel): CompiledRule | undefined => {
    const key = `${index} ${model.family}`;
    if (!compiled.has(key)) {
      const compilation = compileRule(rules[index], symbolsOf(model));
      if (!compilation.ok)
        for (const { pointer, code, detail } of compilation.errors)
          errors.push({ pointer: `/rules/${index}${pointer}`, code, ...(detail !== undefined && { detail }) });
      compiled.set(key, compilation.ok ? compilation.rule : undefined);
    }
    return compiled.get(key);
  };
  return channels.flatMap(({ devices }) =>
    devices.map((setup): PreparedDevice => {
      const model = setup.family === undefined ? undefined : models.get(setup.family);
      const subject = { id: setup.thing ?? '', family: setup.family ?? '', labels: setup.labels ?? {} };
      const mine = rules.flatMap((rule, index) =>
        model && rule.enabled && appliesTo(rule, subject) ? (ruleFor(index, model) ?? []) : [],
      );
      return { setup, model, rules: mine };
    }),
  );
}
