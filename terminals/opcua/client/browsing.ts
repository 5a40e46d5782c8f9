import { DeviceRefused, problemOf, refuse } from '@keystead/terminals/port';
import type { ClientSession } from 'node-opcua-client';
import type { ClientLibrary } from '../library.ts';

/** One node below another. */
export interface BrowsedNode {
  node: string;
  name: string;
  title: string;
  kind: string;
}

const mostNodes = 2000;

/** The children of a node (absent: the objects folder), at most 2,000; `more` says that there are others. */
export async function browse(
  library: ClientLibrary,
  session: ClientSession,
  node = 'i=85',
): Promise<{ nodes: BrowsedNode[]; more: boolean }> {
  let answer = await session.browse({
    nodeId: node,
    browseDirection: library.BrowseDirection.Forward,
    referenceTypeId: 'HierarchicalReferences',
    includeSubtypes: true,
    nodeClassMask: 0,
    resultMask: 63,
  });
  const nodes: BrowsedNode[] = [];
  for (;;) {
    if (!answer.statusCode.isGood()) throw problemOf(refuse(DeviceRefused, answer.statusCode.name));
    for (const { nodeId, browseName, displayName, nodeClass } of answer.references ?? []) {
      nodes.push({
        node: nodeId.toString(),
        name: browseName.name ?? '',
        title: displayName.text ?? '',
        kind: library.NodeClass[nodeClass] ?? '',
      });
    }
    const { continuationPoint } = answer;
    if (!continuationPoint || continuationPoint.length === 0) return { nodes, more: false };
    const enough = nodes.length >= mostNodes;
    answer = await session.browseNext(continuationPoint, enough);
    if (enough) return { nodes: nodes.slice(0, mostNodes), more: true };
  }
}
