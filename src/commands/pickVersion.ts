import { l10n } from 'vscode';
import type { VersionChoice } from '../app/deployPlan.ts';
import type { RepositorySession } from '../app/repositorySession.ts';
import type { RepositoryState } from '../app/repositoryState.ts';
import { runsOnVersion, shippableVersions } from '../app/shippableVersions.ts';
import { versionChoices } from '../app/versionChoices.ts';
import { shortSha } from '../core/commit.ts';
import { DeployError } from '../core/deployError.ts';
import type { DeployTarget, Version } from '../core/deployTarget.ts';
import { sameEnvironment } from '../core/environment.ts';
import { back, type Back, type Choice, type Step } from '../host/prompts.ts';
import type { CommandContext } from './commandContext.ts';
import { dotted, say, sayDate } from './say.ts';

type Picked = Version | 'other';

/** Asks for the version to ship, the likeliest first; what this workflow cannot ship stands last with the reason. */
export async function pickVersion(
  context: CommandContext,
  session: RepositorySession,
  state: RepositoryState,
  target: DeployTarget,
  options: { title: string; step?: Step; signal: AbortSignal },
): Promise<Version | Back | undefined> {
  const all = versionChoices(state, target);
  const other: Choice<Picked> = {
    label: runsOnVersion(target) ? l10n.t('Another Branch or Tag…') : l10n.t('Another Branch, Tag or Commit…'),
    icon: 'search',
    value: 'other',
    heading: l10n.t('Something Else'),
  };
  let likeliest: Version | undefined;
  const list = (versions: readonly VersionChoice[]): readonly Choice<Picked>[] => {
    likeliest = versions.find((one) => !one.disabled && isLikely(one, target))?.version;
    const offered = versions.filter(({ disabled }) => !disabled).map(choice);
    const refused = versions.filter(({ disabled }) => disabled).map((one, index) => ({ ...choice(one), ...(index === 0 ? { heading: l10n.t('This Workflow Cannot Ship') } : {}) }));
    return [...offered, other, ...refused];
  };
  const answer = await context.prompts.pick<Picked>({
    title: options.title,
    placeholder: l10n.t('Which version?'),
    choices: runsOnVersion(target) ? shippableVersions(session, target, all, options.signal).then(list) : list(all),
    active: (value) => likeliest === undefined || value === likeliest,
    ...(options.step ? { step: options.step } : {}),
  });
  return answer === 'other' ? pickOther(context, session, target, options) : answer;
}

/** Enter alone ships no pre-release to production, and nothing that is live there already. */
function isLikely({ isPrerelease, liveIn }: VersionChoice, { isProduction, environment }: DeployTarget): boolean {
  return !(isProduction && isPrerelease) && !liveIn.some((name) => sameEnvironment(name, environment));
}

function choice({ version, liveIn, note, at, isPrerelease, disabled }: VersionChoice): Choice<Picked> {
  const live = liveIn.length === 0 ? undefined : l10n.t('live in {environments}', { environments: liveIn.join(', ') });
  return {
    label: version.label,
    description: dotted([version.label === shortSha(version.sha) ? undefined : shortSha(version.sha), live, isPrerelease ? l10n.t('pre-release') : undefined]),
    detail: dotted([note, at === undefined ? undefined : sayDate(at)]),
    icon: icons[version.kind],
    value: version,
    ...(disabled ? { disabled: say(disabled) } : {}),
  };
}

const icons: Readonly<Record<Version['kind'], string>> = { release: 'tag', tag: 'tag', branch: 'git-branch', commit: 'git-commit' };

/** With a version input anything that names a commit; without one the repository's branches and tags, for a dispatch takes no commit. */
async function pickOther(
  context: CommandContext,
  session: RepositorySession,
  target: DeployTarget,
  { title, signal }: { title: string; signal: AbortSignal },
): Promise<Version | Back | undefined> {
  if (runsOnVersion(target)) return pickRef(context, session, target, { title, signal });
  const typed = await context.prompts.input({
    title,
    prompt: l10n.t('A branch, a tag or a commit'),
    placeholder: 'v1.2.3',
    validate: (value) => (value.trim() === '' ? l10n.t('Type a branch, a tag or a commit.') : undefined),
  });
  if (typed === undefined || typed === back) return typed;
  const ref = typed.trim();
  const commit = await session.github.resolve(session.repository, ref, signal);
  if (!commit) throw new DeployError('refNotFound', 'There is no branch, tag or commit "{ref}" in the repository.', { values: { ref }, actions: ['retry'] });
  const isCommit = commit.sha.startsWith(ref.toLowerCase());
  return { label: isCommit ? shortSha(commit.sha) : ref, kind: isCommit ? 'commit' : 'tag', ref: isCommit ? commit.sha : ref, sha: commit.sha };
}

/** Every branch and tag, those at the end that cannot run the workflow. */
async function pickRef(
  context: CommandContext, session: RepositorySession, target: DeployTarget, { title, signal }: { title: string; signal: AbortSignal },
): Promise<Version | Back | undefined> {
  const list = async (): Promise<readonly Choice<Version>[]> => {
    await session.refresher.loadVersions();
    const { state } = session.store;
    if (state.connection.kind === 'failed') throw state.connection.error;
    const refs = versionChoices(state, target).filter(({ version }) => version.kind !== 'commit');
    const all = await shippableVersions(session, target, refs, signal);
    return all.map((one, index) => ({
      ...choice(one),
      value: one.version,
      ...(one.disabled && !all[index - 1]?.disabled ? { heading: l10n.t('This Workflow Cannot Ship') } : {}),
    }));
  };
  return context.prompts.pick<Version>({ title, placeholder: l10n.t('Which branch or tag?'), choices: list() });
}
