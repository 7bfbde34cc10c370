import { l10n } from 'vscode';
import { requireEnvironment, requireNotHeld } from '../app/planChecks.ts';
import { planDeploy } from '../app/planDeploy.ts';
import { runsOnVersion } from '../app/shippableVersions.ts';
import { needsRef } from '../app/versionChoices.ts';
import type { EnvironmentState, RepositoryState } from '../app/repositoryState.ts';
import type { RepositorySession } from '../app/repositorySession.ts';
import { DeployError } from '../core/deployError.ts';
import type { Version } from '../core/deployTarget.ts';
import { shortSha } from '../core/commit.ts';
import type { RowArgument } from '../core/rowArgument.ts';
import { text } from '../core/text.ts';
import { back } from '../host/prompts.ts';
import type { Command, CommandContext } from './commandContext.ts';
import { confirmAndSend } from './deployFlow.ts';
import { pickEnvironment } from './pickEnvironment.ts';
import { loadedState, pickSession, requireTrust } from './pickSession.ts';
import { pickVersion } from './pickVersion.ts';
import { say } from './say.ts';
import { showBusy } from './showBusy.ts';

/** Deploy…: environment, version, one confirmation. From an environment's row the first is known. */
export const deploy: Command = async (context, argument, signal) => {
  requireTrust(context);
  const session = await pickSession(context, argument);
  if (!session) return;
  const state = await loadedState(session, signal);
  const known = argument?.environment === undefined ? undefined : requireEnvironment(state, argument.environment);
  for (;;) {
    const environment = known ?? (await pickEnvironment(context, state, { title: l10n.t('Deploy'), disabled: (one) => whyNotDeploy(one) }));
    if (!environment) return;
    if ((await deployTo(context, session, state, environment, { canGoBack: !known, signal })) !== back) return;
  }
};

/** Deploy to…: from a release, a commit or a deployment; only the environment is asked. */
export const deployThis: Command = async (context, argument, signal) => {
  requireTrust(context);
  const session = await pickSession(context, argument);
  if (!session) return;
  const state = await loadedState(session, signal);
  const version = argument && versionOf(state, argument);
  if (!version) return deploy(context, argument, signal);
  const environment = await pickEnvironment(context, state, { title: l10n.t('Deploy {version}', { version: version.label }), disabled: (one) => whyNotDeploy(one, version) });
  if (!environment) return;
  const { target } = environment;
  await confirmAndSend(context, session, () => planDeploy(session, { environment: target.environment, version, kind: 'deploy' }, signal), { signal });
};

/** The part after the environment is known, held ones refused before anything is asked; answers `back` when the user went back from the version. */
export async function deployTo(
  context: CommandContext,
  session: RepositorySession,
  state: RepositoryState,
  environment: EnvironmentState,
  { canGoBack, signal }: { canGoBack: boolean; signal: AbortSignal },
): Promise<typeof back | undefined> {
  const { target } = environment;
  if (!target.deploy) throw new DeployError('noTarget', target.whyNot ?? 'No workflow deploys to {environment} by hand.', { values: { environment: target.environment }, actions: ['openSettings'] });
  if (environment.hold) {
    await showBusy(() => session.refresher.loadHolds(signal));
    requireNotHeld(requireEnvironment(session.store.state, target.environment));
  }
  const title = l10n.t('Deploy to {environment}', { environment: target.environment });
  const version = await pickVersion(context, session, state, target, { title, signal, ...(canGoBack ? { step: { number: 2, of: 3, canGoBack } } : {}) });
  if (version === undefined || version === back) return version;
  await confirmAndSend(context, session, () => planDeploy(session, { environment: target.environment, version, kind: 'deploy' }, signal), { signal });
  return undefined;
}

function whyNotDeploy({ target }: EnvironmentState, version?: Version): string | undefined {
  if (version?.kind === 'commit' && runsOnVersion(target)) return say(needsRef);
  return target.deploy ? undefined : say(text(target.whyNot ?? 'No workflow deploys to {environment} by hand.', { environment: target.environment }));
}

function versionOf(state: RepositoryState, { releaseTag, sha }: RowArgument): Version | undefined {
  if (releaseTag !== undefined) {
    const release = state.releases.find(({ tag }) => tag === releaseTag);
    if (!release) return undefined;
    if (release.sha === undefined) {
      throw new DeployError('refNotFound', 'The tag {tag} does not exist, so there is nothing to deploy. Publish the release first.', { values: { tag: releaseTag } });
    }
    return { label: release.tag, kind: 'release', ref: release.tag, sha: release.sha };
  }
  return sha === undefined ? undefined : { label: shortSha(sha), kind: 'commit', ref: sha, sha };
}
