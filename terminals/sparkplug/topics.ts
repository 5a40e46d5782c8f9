export const messageTypes = ['NBIRTH', 'NDEATH', 'DBIRTH', 'DDEATH', 'NDATA', 'DDATA', 'NCMD', 'DCMD'] as const;
export type MessageType = (typeof messageTypes)[number];

/** Who speaks: an edge node, or a device behind it. */
export interface Speaker {
  group: string;
  node: string;
  device?: string;
}

export interface SparkplugTopic extends Speaker {
  type: MessageType;
}

const namespace = 'spBv1.0';

/** Undefined for topics that are not of edge nodes or devices. */
export function readTopic(topic: string): SparkplugTopic | undefined {
  const [first, group, word, node, device, ...more] = topic.split('/');
  if (first !== namespace || !group || !node || device === '' || more.length > 0) return undefined;
  const type = messageTypes.find((one) => one === word);
  if (type === undefined || type.startsWith('D') !== (device !== undefined)) return undefined;
  return device === undefined ? { group, type, node } : { group, type, node, device };
}

export const commandTopic = ({ group, node, device }: Speaker): string =>
  device === undefined ? `${namespace}/${group}/NCMD/${node}` : `${namespace}/${group}/DCMD/${node}/${device}`;

export const stateTopic = (host: string): string => `${namespace}/STATE/${host}`;

/** Everything of one group; commands, of ourselves and of others, come with it and are passed over. */
export const groupFilter = (group: string): string => `${namespace}/${group}/#`;

export const nodeKey = ({ group, node }: Speaker): string => `${group}/${node}`;
export const speakerKey = ({ group, node, device }: Speaker): string =>
  device === undefined ? `${group}/${node}` : `${group}/${node}/${device}`;

/** What a host says of itself: kept by the broker, and its will is the same with `online` false. */
export const statePayload = (online: boolean, timestamp: number): string => JSON.stringify({ online, timestamp });
