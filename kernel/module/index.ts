export { defineModule, type Kernel, type Module, type ModuleRole, orderModules } from './module.ts';
