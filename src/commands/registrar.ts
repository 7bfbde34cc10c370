import type { RowArgument } from '../core/rowArgument.ts';
import { approve } from './approve.ts';
import { cancelRun } from './cancelRun.ts';
import { checkSetup, closeCheck } from './checkSetup.ts';
import { clearRunFilter, filterRuns } from './filterRuns.ts';
import type { Command, CommandContext } from './commandContext.ts';
import type { CommandId } from './commandIds.ts';
import { compareWithLive } from './compareWithLive.ts';
import { connectSlack } from './connectSlack.ts';
import { copySha } from './copySha.ts';
import { deploy, deployThis } from './deploy.ts';
import { deployToProduction } from './deployToProduction.ts';
import { deployToStaging } from './deployToStaging.ts';
import { disconnectSlack } from './disconnectSlack.ts';
import { answerError } from './errorBoundary.ts';
import { exploreSample, leaveSample } from './exploreSample.ts';
import { forgetToken, useToken } from './useToken.ts';
import { holdDeploys } from './holdDeploys.ts';
import { liftHold } from './liftHold.ts';
import { loadMoreHistory, loadMoreReleases, loadMoreRuns } from './loadMore.ts';
import { openLog } from './openLog.ts';
import { openOnGitHub } from './openOnGitHub.ts';
import { openRun } from './openRun.ts';
import { openSettings } from './openSettings.ts';
import { promote } from './promote.ts';
import { refresh } from './refresh.ts';
import { rerun, rerunFailed } from './rerun.ts';
import { rollBack } from './rollBack.ts';
import { selectRepository } from './selectRepository.ts';
import { showLog } from './showLog.ts';
import { showRun } from './showRun.ts';
import { signIn } from './signIn.ts';
import { statusActions } from './statusActions.ts';
import { testSlack } from './testSlack.ts';

const verbs: Readonly<Record<CommandId, Command>> = {
  'boussole.deploy': deploy,
  'boussole.deployToStaging': deployToStaging,
  'boussole.deployToProduction': deployToProduction,
  'boussole.deployThis': deployThis,
  'boussole.promote': promote,
  'boussole.rollBack': rollBack,
  'boussole.rollBackTo': rollBack,
  'boussole.holdDeploys': holdDeploys,
  'boussole.liftHold': liftHold,
  'boussole.showRun': showRun,
  'boussole.openRun': openRun,
  'boussole.openLog': openLog,
  'boussole.rerun': rerun,
  'boussole.rerunFailed': rerunFailed,
  'boussole.cancelRun': cancelRun,
  'boussole.approve': approve,
  'boussole.compareWithLive': compareWithLive,
  'boussole.openOnGitHub': openOnGitHub,
  'boussole.copySha': copySha,
  'boussole.filterRuns': filterRuns,
  'boussole.clearRunFilter': clearRunFilter,
  'boussole.loadMoreRuns': loadMoreRuns,
  'boussole.loadMoreReleases': loadMoreReleases,
  'boussole.loadMoreHistory': loadMoreHistory,
  'boussole.statusActions': statusActions,
  'boussole.checkSetup': checkSetup,
  'boussole.closeCheck': closeCheck,
  'boussole.refresh': refresh,
  'boussole.selectRepository': selectRepository,
  'boussole.connectSlack': connectSlack,
  'boussole.disconnectSlack': disconnectSlack,
  'boussole.testSlack': testSlack,
  'boussole.setUp': settingUp('setUp'),
  'boussole.setUpCommit': settingUp('setUpCommit'),
  'boussole.setUpPullRequest': settingUp('setUpPullRequest'),
  'boussole.setUpEnvironment': settingUp('setUpEnvironment'),
  'boussole.setUpKey': settingUp('setUpKey'),
  'boussole.setUpCopyKey': settingUp('setUpCopyKey'),
  'boussole.setUpServer': settingUp('setUpServer'),
  'boussole.setUpHostKey': settingUp('setUpHostKey'),
  'boussole.setUpVariables': settingUp('setUpVariables'),
  'boussole.setUpSlackSecret': settingUp('setUpSlackSecret'),
  'boussole.setUpDryRun': settingUp('setUpDryRun'),
  'boussole.setUpCheck': settingUp('setUpCheck'),
  'boussole.setUpFinish': settingUp('setUpFinish'),
  'boussole.signIn': signIn,
  'boussole.useToken': useToken,
  'boussole.forgetToken': forgetToken,
  'boussole.exploreSample': exploreSample,
  'boussole.leaveSample': leaveSample,
  'boussole.openSettings': openSettings,
  'boussole.showLog': showLog,
};

/** Runs a command behind the error boundary: it never rejects. `given` is what VS Code passes: a row, its argument, or nothing. */
export async function runCommand(id: CommandId, context: CommandContext, given: unknown, signal: AbortSignal): Promise<void> {
  const argument = rowArgument(given);
  try {
    await verbs[id](context, argument, signal);
  } catch (error) {
    await answerError(error, context, () => runCommand(id, context, argument, signal), argument);
  }
}

/** One of Set Up's verbs, loaded when it is asked for. */
function settingUp(verb: keyof typeof import('./setUpVerbs.ts')): Command {
  return async (context, argument, signal) => (await import('./setUpVerbs.ts'))[verb](context, argument, signal);
}

/** A tree hands its row to a menu's command, a link or a button the argument itself. */
function rowArgument(given: unknown): RowArgument | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  if ('repositoryKey' in given && typeof given.repositoryKey === 'string') return given as RowArgument;
  return 'argument' in given ? rowArgument(given.argument) : undefined;
}
