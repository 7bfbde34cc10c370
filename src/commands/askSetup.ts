import { l10n } from 'vscode';
import { asOnGitHub, proposedAnswers, readEnvironments, usualEnvironments, writtenEnvironments, type Detected } from '../app/setupDefaults.ts';
import type { PackageManager, PipelineEnvironment } from '../core/pipelineAnswers.ts';
import type { RepositoryId } from '../core/repositoryId.ts';
import { readServerAddress, writtenAddress } from '../core/serverAddress.ts';
import type { SetupAnswers, SetupEnvironment, SetupSlack } from '../core/setupAnswers.ts';
import { back, type Choice, type Prompts, type Step } from '../host/prompts.ts';
import { say } from './say.ts';

/** One screen: it answers with the answers as they are then, `back`, or `undefined` after Escape. */
type Screen = (answers: SetupAnswers, step: Step) => Promise<SetupAnswers | typeof back | undefined>;

interface SetupQuestions {
  readonly prompts: Prompts;
  readonly repository: RepositoryId;
  readonly detected: Detected;
  /** Where the person's channel for Slack is known. */
  readonly channel: string;
  /** Told after every screen, so that leaving loses nothing. */
  readonly keep: (answers: SetupAnswers) => Promise<void>;
}

/** Asks what the pipeline must know, one screen after the other, with a way back. `undefined`: the person left. */
export async function askSetup(questions: SetupQuestions, before: SetupAnswers | undefined): Promise<SetupAnswers | undefined> {
  const { detected, repository } = questions;
  let answers = proposedAnswers(detected, repository, before && asOnGitHub(before, detected));
  for (let index = 0; ; ) {
    // The first screen decides how many there are.
    const screens = screensFor(questions, answers);
    const screen = screens[index];
    if (!screen) return answers;
    const reply = await screen(answers, { number: index + 1, of: screens.length, canGoBack: index > 0 });
    if (reply === undefined) return undefined;
    if (reply === back) {
      index--;
      continue;
    }
    answers = reply;
    await questions.keep(answers);
    index++;
  }
}

function screensFor(questions: SetupQuestions, { environments, slack }: SetupAnswers): readonly Screen[] {
  const production = environments.find(({ isProduction }) => isProduction);
  return [
    askEnvironments(questions),
    askPackageManager(questions),
    ...environments.flatMap(({ name }) => [askServer(questions, name), askVersionUrl(questions, name)]),
    ...(production ? [askReviewers(questions, production.name)] : []),
    askSlack(questions),
    ...(slack.kind === 'bot' ? [askChannel(questions)] : []),
  ];
}

function askEnvironments({ prompts, repository, detected }: SetupQuestions): Screen {
  const chosen = (answers: SetupAnswers, environments: readonly PipelineEnvironment[]) => proposedAnswers(detected, repository, answers, environments);
  return async (answers, step) => {
    const current = writtenEnvironments(answers.environments);
    const usual = usualEnvironments(detected);
    const offered = usual.some((one) => writtenEnvironments(one) === current) ? usual : [answers.environments, ...usual];
    for (;;) {
      const choice = await prompts.pick<readonly PipelineEnvironment[] | 'others'>({
        title: l10n.t('Set Up Deployment: Environments'),
        placeholder: l10n.t('Where do pushes go?'),
        step,
        choices: [
          ...offered.map((environments): Choice<readonly PipelineEnvironment[]> => ({ label: environments.map(arrow).join(' · '), icon: 'server-environment', value: environments, ...missingBranches(environments, detected) })),
          { label: l10n.t('Others…'), icon: 'edit', value: 'others' },
        ],
        active: (value) => value !== 'others' && writtenEnvironments(value) === current,
      });
      if (choice === undefined || choice === back) return choice;
      if (choice !== 'others') return chosen(answers, choice);
      const written = await prompts.input({
        title: l10n.t('Set Up Deployment: Environments'),
        prompt: l10n.t('Each environment and the branch whose pushes go there, by commas. The first one is production.'),
        placeholder: 'production=main, staging=develop',
        value: current,
        validate: (value) => {
          const read = readEnvironments(value);
          return 'message' in read ? say(read) : undefined;
        },
        step: { ...step, canGoBack: true },
      });
      if (written === undefined) return undefined;
      if (written === back) continue;
      const read = readEnvironments(written);
      if (!('message' in read)) return chosen(answers, read);
    }
  };
}

function arrow({ name, branch }: PipelineEnvironment): string {
  return `${branch} → ${name}`;
}

function missingBranches(environments: readonly PipelineEnvironment[], { branches }: Detected): { readonly description?: string } {
  const missing = environments.filter(({ branch }) => !branches.includes(branch)).map(({ branch }) => branch);
  return missing.length === 0 ? {} : { description: l10n.t('{branches} is not there yet', { branches: missing.join(', ') }) };
}

function askPackageManager({ prompts, detected }: SetupQuestions): Screen {
  const found = (value: PackageManager) => (value === detected.packageManager ? { description: l10n.t('its lock file is there') } : {});
  return async (answers, step) => {
    const packageManager = await prompts.pick<PackageManager>({
      title: l10n.t('Set Up Deployment: Build'),
      placeholder: l10n.t('What installs, tests and builds a release?'),
      step,
      choices: [
        { label: 'npm', icon: 'package', value: 'npm', ...found('npm') },
        { label: 'pnpm', icon: 'package', value: 'pnpm', ...found('pnpm') },
        { label: 'Composer', icon: 'package', value: 'composer', ...found('composer') },
        { label: l10n.t('Nothing: the files ship as they stand'), icon: 'files', value: 'none' },
      ],
      active: (value) => value === answers.packageManager,
    });
    return packageManager === undefined || packageManager === back ? packageManager : { ...answers, packageManager };
  };
}

function askServer({ prompts }: SetupQuestions, name: string): Screen {
  return async (answers, step) => {
    const environment = answers.environments.find((one) => one.name === name);
    const neighbour = answers.environments.find(({ server }) => server.host !== '')?.server;
    const known = environment?.server;
    const proposed = known && known.host === '' && neighbour ? { ...neighbour, base: known.base } : known;
    const isNamed = proposed !== undefined && proposed.host !== '';
    const proposal = isNamed ? writtenAddress(proposed) : `${proposed?.user ?? 'deploy'}@:${proposed?.base ?? '/srv/app'}`;
    const caret = proposal.indexOf('@') + 1;
    const written = await prompts.input({
      title: l10n.t('Set Up Deployment: Server of {environment}', { environment: name }),
      prompt: l10n.t('The user that deploys, the host, and the folder that will hold the releases. A port other than 22 goes between: {example}', { example: 'deploy@host:2222/srv/app' }),
      placeholder: 'deploy@www.example.com:/srv/app',
      value: proposal,
      ...(isNamed ? {} : { selection: [caret, caret] as const }),
      validate: (value) => {
        const read = readServerAddress(value);
        if ('message' in read) return say(read);
        const taken = answers.environments.find((one) => one.name !== name && one.server.host === read.host && one.server.base === read.base);
        return taken ? l10n.t('{environment} has this folder already.', { environment: taken.name }) : undefined;
      },
      step,
    });
    if (written === undefined || written === back) return written;
    const server = readServerAddress(written);
    return 'message' in server ? answers : changed(answers, name, { server });
  };
}

function askVersionUrl({ prompts }: SetupQuestions, name: string): Screen {
  return async (answers, step) => {
    const environment = answers.environments.find((one) => one.name === name);
    const url = await prompts.input({
      title: l10n.t('Set Up Deployment: Health of {environment}', { environment: name }),
      prompt: l10n.t('An address of the site that answers 200 with the version that runs (the file RELEASE tells it). A release that does not answer is taken back. Empty: the site is not looked at from outside.'),
      placeholder: `https://${environment?.server.host ?? 'www.example.com'}/version`,
      value: environment?.versionUrl ?? '',
      validate: (value) => (value.trim() === '' || isWebAddress(value.trim()) ? undefined : l10n.t('This is not a web address.')),
      step,
    });
    return url === undefined || url === back ? url : changed(answers, name, { versionUrl: url.trim() });
  };
}

function isWebAddress(value: string): boolean {
  return /^https?:\/\/[^\s"'`$\\]+$/.test(value) && URL.canParse(value);
}

function askReviewers({ prompts }: SetupQuestions, name: string): Screen {
  return async (answers, step) => {
    const environment = answers.environments.find((one) => one.name === name);
    const written = await prompts.input({
      title: l10n.t('Set Up Deployment: Reviewers of {environment}', { environment: name }),
      prompt: l10n.t('Logins, or organization/team, of which one must approve each deploy; six at most. Empty: nobody.'),
      placeholder: 'camille, atelier-nord/ops',
      value: (environment?.reviewers ?? []).join(', '),
      validate: (value) => {
        const names = words(value);
        if (names.length > 6) return l10n.t('GitHub takes six reviewers at most.');
        const wrong = names.find((one) => !/^[A-Za-z0-9][\w-]*(?:\/[\w.-]+)?$/.test(one));
        return wrong === undefined ? undefined : l10n.t('“{name}” is neither a login nor a team.', { name: wrong });
      },
      step,
    });
    return written === undefined || written === back ? written : changed(answers, name, { reviewers: words(written) });
  };
}

function words(written: string): readonly string[] {
  return [...new Set(written.split(/[\s,]+/).map((word) => word.replace(/^@/, '')).filter((word) => word !== ''))];
}

function askSlack({ prompts, channel }: SetupQuestions): Screen {
  return async (answers, step) => {
    const kind = await prompts.pick<SetupSlack['kind']>({
      title: l10n.t('Set Up Deployment: Slack'),
      placeholder: l10n.t('Shall the workflow tell Slack of every deploy, whoever starts it?'),
      step,
      choices: [
        { label: l10n.t('Bot Token'), detail: l10n.t('One message per deploy, kept up to date, with replies when someone is needed.'), icon: 'hubot', value: 'bot' },
        { label: l10n.t('Incoming Webhook'), detail: l10n.t('A message at the start and one at the end, in the channel of the webhook.'), icon: 'link', value: 'webhook' },
        { label: l10n.t('No Slack'), icon: 'bell-slash', value: 'none' },
      ],
      active: (value) => value === answers.slack.kind,
    });
    if (kind === undefined || kind === back) return kind;
    return { ...answers, slack: kind === 'bot' ? { kind, channel: answers.slack.kind === 'bot' ? answers.slack.channel : channel } : { kind } };
  };
}

function askChannel({ prompts }: SetupQuestions): Screen {
  return async (answers, step) => {
    const typed = await prompts.input({
      title: l10n.t('Set Up Deployment: Slack Channel'),
      prompt: l10n.t('The name or the id of a channel that the bot is a member of.'),
      value: answers.slack.kind === 'bot' ? answers.slack.channel : '',
      validate: (name) => (/^#?[^\s#]{1,80}$/.test(name.trim()) ? undefined : l10n.t('Type the name or the id of a channel.')),
      step,
    });
    return typed === undefined || typed === back ? typed : { ...answers, slack: { kind: 'bot', channel: typed.trim() } };
  };
}

function changed(answers: SetupAnswers, name: string, change: Partial<SetupEnvironment>): SetupAnswers {
  return { ...answers, environments: answers.environments.map((one) => (one.name === name ? { ...one, ...change } : one)) };
}
