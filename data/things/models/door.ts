import { lockServices } from '@keystead/contracts/lock';
import type { Service, ThingModel } from '@keystead/contracts/thing-model';
import { contractedModels } from './contracted.ts';
import { dwellingModels } from './dwelling.ts';
import { base, saying } from './guarded.ts';
import { daily, longTerm, personal, vital } from './levels.ts';
import { event, flag, integer, service } from './words.ts';

/**
 * Doors that keep grants in themselves, in the words of the one lock interface (contracts/lock, H-6.5-a-2): whatever
 * speaks for a lock on the wire is translated into these.
 */
const grants: readonly Service[] = [
  // Repeatable: a grant is written whole, and written twice it is the same grant.
  saying(service('writeGrant', '写入授权|Write grant', 'normal', 60, { ...lockServices.writeGrant }), {
    level: 2,
    repeatable: true,
  }),
  saying(service('revokeGrant', '撤销授权|Revoke grant', 'normal', 60, { ...lockServices.revokeGrant }), {
    level: 2,
    repeatable: true,
  }),
  service('readGrants', '读取授权|Read grants', 'read', 15),
  saying(service('setClock', '校时|Set clock', 'normal', 15, { ...lockServices.setClock }), {
    level: 2,
    repeatable: true,
  }),
  service('readRecords', '读取记录|Read records', 'read', 30, { ...lockServices.readRecords }),
];

/** A second person agrees before people are kept out; nothing here can keep anybody in. */
const freeze = saying(service('freeze', '冻结|Freeze', 'dangerous', 60, { ...lockServices.freeze }), {
  repeatable: true,
  readBack: { property: 'frozen', from: 'frozen', within: 120 },
});
const frozen = flag(5, 'frozen', '已冻结|Frozen', vital);

const refused = event('refused', '拒绝开门|Refused', personal);
const frozenLines = [event('frozen', '已冻结|Frozen', vital), event('unfrozen', '已解冻|Unfrozen', vital)];
const lines = [
  event('grant-written', '授权已写入|Grant written', personal),
  event('grant-revoked', '授权已撤销|Grant revoked', personal),
  event('clock-set', '时钟已校准|Clock set', daily),
];

const lockBefore = base(contractedModels, 'lock');
const lock: ThingModel = {
  ...lockBefore,
  version: lockBefore.version + 1,
  properties: [
    ...lockBefore.properties,
    frozen,
    integer(6, 'grants', '授权数|Grants', longTerm, { min: 0, max: 10_000 }),
  ],
  events: [...lockBefore.events, refused, ...frozenLines, ...lines],
  services: [
    ...lockBefore.services,
    ...grants,
    freeze,
    service('setEmergencyCode', '应急密码|Emergency code', 'dangerous', 60, { ...lockServices.setEmergencyCode }),
  ],
};

const guardBefore = base(dwellingModels, 'entrance-guard');
const entranceGuard: ThingModel = {
  ...guardBefore,
  version: guardBefore.version + 1,
  properties: [...guardBefore.properties, integer(4, 'grants', '授权数|Grants', longTerm, { min: 0, max: 100_000 })],
  events: [...guardBefore.events, ...lines],
  services: [...guardBefore.services, ...grants],
};

export const doorModels: readonly ThingModel[] = [lock, entranceGuard];
