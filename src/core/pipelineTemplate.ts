import { problemWithAnswers, type PipelineAnswers } from './pipelineAnswers.ts';
import { buildScript } from './pipelineBuild.ts';

/** One file of `pipeline/` as the extension carries it; `path` is below `pipeline/`: `workflows/deploy.yml`, `deploy/plan`. */
export interface PipelineTemplate {
  readonly path: string;
  readonly text: string;
}

/** A file as it will stand in the team's repository. */
export interface PipelineFile {
  readonly path: string;
  readonly text: string;
  readonly executable: boolean;
}

/** An action that the workflows use, as the templates name it. */
export interface PinnedAction {
  /** `owner/name`. */
  readonly repository: string;
  readonly tag: string;
}

/** The commit that each action's tag names, by `owner/name@tag`: 40 hexadecimal digits. */
export type Pins = Readonly<Record<string, string>>;

/** Files that belong to the team from the first day: an existing one is replaced only when a person says so. */
export const teamOwned: readonly string[] = ['.deploy/config', '.deploy/build'];

const chain = "(github.ref_name == 'main' && 'production' || 'staging')";
const branchList = '[main, develop] # boussole:branches';
const environmentList = '[staging, production] # boussole:environments';
const pin = /\buses: ([\w.-]+\/[\w.-]+)@(\S+) # boussole:pin$/gm;

/** The actions whose tags must be resolved before `renderPipeline`, each once. */
export function pinnedActions(templates: readonly PipelineTemplate[]): readonly PinnedAction[] {
  const found = templates.filter(isWorkflow).flatMap(({ text }) => [...text.matchAll(pin)].map(([, repository = '', tag = '']) => ({ repository, tag })));
  return found.filter((one, index) => found.findIndex((other) => pinKey(other) === pinKey(one)) === index);
}

/** An action's key in `Pins`. */
export function pinKey({ repository, tag }: PinnedAction): string {
  return `${repository}@${tag}`;
}

/**
 * The files of a team's pipeline: the templates with the team's environments, branches and pinned actions in their places, sorted
 * by path. It throws where a place to fill is not found, and where answers or pins would not make a valid workflow.
 */
export function renderPipeline(templates: readonly PipelineTemplate[], answers: PipelineAnswers, pins: Pins): readonly PipelineFile[] {
  const problem = problemWithAnswers(answers);
  if (problem) throw new Error(`These answers make no pipeline: ${problem.message} ${JSON.stringify(problem.values)}`);
  const workflows = templates.filter(isWorkflow);
  if (workflows.length === 0) throw new Error('There are no workflow templates.');
  for (const text of [chain, environmentList, branchList]) if (!workflows.some((workflow) => workflow.text.includes(text))) throw new Error(`No template holds “${text}”.`);
  return templates
    .flatMap((template): readonly PipelineFile[] => {
      const path = installedPath(template.path);
      if (path === undefined) return [];
      const text = isWorkflow(template) ? renderWorkflow(template, answers, pins) : renderScript(template, answers);
      return [{ path, text, executable: text.startsWith('#!') }];
    })
    .sort((a, b) => (a.path < b.path ? -1 : 1));
}

function isWorkflow({ path }: PipelineTemplate): boolean {
  return path.startsWith('workflows/');
}

/** Where a template stands in the repository; `undefined` for what belongs on the server and for the checker's own settings. */
function installedPath(path: string): string | undefined {
  if (path.startsWith('workflows/')) return `.github/${path}`;
  if (path.startsWith('deploy/') && !path.endsWith('/.shellcheckrc')) return `.${path}`;
  return undefined;
}

function renderWorkflow({ path, text }: PipelineTemplate, { environments }: PipelineAnswers, pins: Pins): string {
  const rendered = text
    .replaceAll(chain, () => environmentChain(environments))
    .replaceAll(branchList, () => `[${environments.map(({ branch }) => yamlWord(branch)).join(', ')}]`)
    .replaceAll(environmentList, () => `[${byCaution(environments).map(({ name }) => yamlWord(name)).join(', ')}]`)
    .replaceAll(pin, (_whole, repository: string, tag: string) => {
      const sha = pins[pinKey({ repository, tag })];
      if (sha === undefined || !/^[0-9a-f]{40}$/.test(sha)) throw new Error(`${path}: ${repository}@${tag} is not pinned to a commit.`);
      return `uses: ${repository}@${sha} # ${tag}`;
    });
  const [left] = /.*boussole:.*/.exec(rendered) ?? [];
  if (left !== undefined) throw new Error(`${path}: nothing was put in the place of “${left.trim()}”.`);
  return rendered;
}

function renderScript({ path, text }: PipelineTemplate, answers: PipelineAnswers): string {
  if (path === 'deploy/build') return buildScript(answers.packageManager, text);
  if (path === 'deploy/config') return renderConfig(text, answers);
  return text;
}

/** The template's own comments stay; its `environment` and `records` lines become the team's. */
function renderConfig(template: string, { environments, records }: PipelineAnswers): string {
  const lines = template.split('\n');
  const at = lines.findIndex((line) => line.startsWith('environment '));
  if (at < 0 || !lines.some((line) => line.startsWith('records '))) throw new Error('deploy/config: the template has no environment or no records line.');
  const own = environments.map(({ name, branch, isProduction }) => `environment ${name} ${branch}${isProduction ? ' production' : ''}`);
  return lines
    .flatMap((line, index) => {
      if (index === at) return own;
      if (line.startsWith('environment ')) return [];
      return [line.startsWith('records ') ? `records ${records}` : line];
    })
    .join('\n');
}

/** `(github.ref_name == 'main' && 'production' || 'staging')`: the last one needs no condition, since only the listed branches start the workflow. */
function environmentChain(environments: PipelineAnswers['environments']): string {
  const links = environments.map(({ name, branch }, index) => (index === environments.length - 1 ? `'${name}'` : `github.ref_name == '${branch}' && '${name}'`));
  return `(${links.join(' || ')})`;
}

/** Production last: what GitHub's form offers first should do the least harm. */
function byCaution(environments: PipelineAnswers['environments']): PipelineAnswers['environments'] {
  return environments.toSorted((a, b) => Number(a.isProduction) - Number(b.isProduction));
}

/** A word of a YAML list, quoted where YAML would read something else than text (`on`, `2.0`). */
function yamlWord(word: string): string {
  return /^[A-Za-z][\w./-]*$/.test(word) && !/^(?:y|n|yes|no|on|off|true|false|null)$/i.test(word) ? word : `'${word}'`;
}
