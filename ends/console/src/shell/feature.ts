import type { Reply } from '@keystead/sdk';
import { addTexts, type Texts } from '@keystead/ui/i18n';
import type { ComponentType, ReactNode } from 'react';
import type { sdk } from './sdk.ts';

type ThingModel = Reply<typeof sdk.models.list>[number];

export type MenuGroup = 'overview' | 'places' | 'work' | 'housing' | 'industry' | 'itops' | 'insight' | 'system';

export interface MenuEntry {
  group: MenuGroup;
  path: string;
  /** Text key of the label. */
  label: string;
  icon: ReactNode;
  permission: string;
  order: number;
}

export interface FeatureRoute {
  /** Path under the root, in router form: `things/:id`. */
  path: string;
  /** Absent: everyone who is signed in. */
  permission?: string;
  /** Takes the whole window, without menu and bar: a big screen. */
  whole?: boolean;
  /** Path of the menu entry it belongs to, when it is not below it in its address. */
  under?: string;
  load(): Promise<{ default: ComponentType }>;
}

/** A small thing in the top bar, such as the alarm bell. */
export interface BarWidget {
  name: string;
  permission: string;
  Widget: ComponentType;
}

/** What a tab on the page of a thing is given. */
export interface ThingTabProps {
  /** Id of the thing. */
  thing: string;
  family: string;
  modelVersion: number;
}

/** A tab on the page of a thing that belongs to another feature than the things' own. */
export interface ThingTab {
  key: string;
  /** Text key of the label. */
  label: string;
  permission: string;
  /** Which models it is for; all unless told. */
  fits?(model: ThingModel): boolean;
  Tab: ComponentType<ThingTabProps>;
}

/** What a feature adds to the console. Features do not import each other: they link by path. */
export interface Feature {
  name: string;
  menu: MenuEntry[];
  routes: FeatureRoute[];
  bar?: BarWidget[];
  thingTabs?: ThingTab[];
}

const defined: Feature[] = [];

/** All features there are, for those that look over all of them, such as the search. */
export const definedFeatures = (): readonly Feature[] => defined;

export function defineFeature(feature: Feature & { texts: { 'zh-CN': Texts; en: Texts } }): Feature {
  addTexts(feature.texts);
  const { texts: _, ...rest } = feature;
  defined.push(rest);
  return rest;
}
