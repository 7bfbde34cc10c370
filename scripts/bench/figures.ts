import { activationInHost } from './activationInHost.ts';
import { activationInNode } from './activationInNode.ts';
import type { Figure } from './figure.ts';
import { firstView } from './firstView.ts';
import { followingFive } from './followingFive.ts';
import { heap } from './heap.ts';
import { hidden } from './hidden.ts';
import { idleVisible } from './idleVisible.ts';
import { packageSize } from './packageSize.ts';
import { pipelineDeploy } from './pipelineDeploy.ts';
import { pipelineSwitch } from './pipelineSwitch.ts';
import { refreshUnchanged } from './refreshUnchanged.ts';
import { stateToScreen } from './stateToScreen.ts';

/** All figures, quick ones first. */
export const figures: readonly Figure[] = [
  activationInNode,
  packageSize,
  idleVisible,
  hidden,
  stateToScreen,
  followingFive,
  refreshUnchanged,
  pipelineSwitch,
  pipelineDeploy,
  activationInHost,
  firstView,
  heap,
];
