import type { ThingModel } from '@keystead/contracts/thing-model';
import { contractedModels } from './contracted.ts';
import { base } from './guarded.ts';
import { daily, longTerm, personal } from './levels.ts';
import { fault, tamper } from './radio.ts';
import { event, fields, flag, named, number, service } from './words.ts';

const before = base(contractedModels, 'camera');

/** What the watch over its picture and the analysis of others find (H-6.2-b, -c, -e). */
const camera: ThingModel = {
  ...before,
  version: before.version + 1,
  events: [
    ...before.events,
    event('videoSignalLost', '视频信号丢失|Video signal lost', daily, 2),
    event('videoSignalBack', '视频信号恢复|Video signal back', daily),
    event('videoCovered', '画面被遮挡|Picture covered', daily, 2),
    event('videoUncovered', '遮挡解除|Picture uncovered', daily),
    event('videoRotated', '摄像机异常转动|Camera turned away', daily, 3),
    event('videoViewBack', '画面方位恢复|View is back', daily),
    event('motion', '移动侦测|Motion', daily),
    event('faceFound', '人脸识别结果|Face found', personal),
    event('behaviourFound', '行为分析结果|Behaviour found', daily),
    event('plateFound', '车牌识别结果|Number plate found', personal),
  ],
  services: [...before.services, service('learnView', '重新学习画面|Learn the view', 'normal', 30)],
};

const digits = { type: 'string', pattern: '^[0-9]{20}$' };

/** A recorder or a video platform with channels behind it, reached by GB/T 28181. */
const recorder: ThingModel = {
  family: 'video-recorder',
  version: 1,
  name: named('录像机/视频平台|Video recorder'),
  category: { function: 'video-recording', domain: 'housing', specification: 'recorder' },
  authentication: 'secret',
  interval: 60,
  grace: 120,
  properties: [
    flag(1, 'recording', '正在录像|Recording', daily),
    number(2, 'storageUsed', '存储占用|Storage used', longTerm, { unit: '%', min: 0, max: 100 }),
  ],
  events: [event('alarm', '设备报警|Alarm of a channel', daily, 3), tamper, fault],
  services: [
    service('catalogue', '查询目录|Ask for the channels', 'read', 30),
    service(
      'play',
      '点播通道|Send a channel',
      'normal',
      15,
      fields({
        channel: digits,
        host: { type: 'string', maxLength: 64 },
        port: { type: 'integer', minimum: 1, maximum: 65_535 },
      }),
    ),
    service('stop', '停止点播|Stop sending', 'normal', 15, fields({ stream: { type: 'string', maxLength: 200 } })),
  ],
};

const ways = { type: 'string', enum: ['left', 'right', 'up', 'down', 'in', 'out'] };
const moment = { type: 'integer', minimum: 0, maximum: 4_102_444_800_000 };

/** Turns its cameras, and plays what it kept itself (H-6.2). */
const pointing: ThingModel = {
  ...recorder,
  version: 2,
  services: [
    ...recorder.services,
    service(
      'playback',
      '回放通道|Play what was recorded',
      'normal',
      15,
      fields({
        channel: digits,
        host: { type: 'string', maxLength: 64 },
        port: { type: 'integer', minimum: 1, maximum: 65_535 },
        from: moment,
        to: moment,
      }),
    ),
    service(
      'move',
      '云台控制|Turn a camera',
      'normal',
      15,
      fields({
        channel: digits,
        ways: { type: 'array', items: ways, minItems: 1, maxItems: 3 },
        speed: { type: 'integer', minimum: 1, maximum: 255 },
        lasts: { type: 'integer', minimum: 100, maximum: 10_000 },
      }),
    ),
    service(
      'preset',
      '预置位|Preset of a camera',
      'normal',
      15,
      fields({
        channel: digits,
        act: { type: 'string', enum: ['set', 'call', 'delete'] },
        number: { type: 'integer', minimum: 1, maximum: 255 },
      }),
    ),
  ],
};

export const videoModels: readonly ThingModel[] = [camera, recorder, pointing];
