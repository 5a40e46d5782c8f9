export { type CameraChannel, cameraChannel } from './channel.ts';
