export { type DemoSettings, demoFolder, demoSettings, replayAccess, SettingInvalid } from './settings.ts';
