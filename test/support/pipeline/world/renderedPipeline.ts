import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pinKey, pinnedActions, renderPipeline, type PipelineFile, type PipelineTemplate } from '../../../../src/core/pipelineTemplate.ts';
import type { PipelineAnswers } from '../../../../src/core/pipelineAnswers.ts';
import { projectRoot } from '../../projectRoot.ts';

/** The folders of what is installed in a team's repository. */
const folders = ['workflows', 'deploy', 'deploy/lib'];

/** The team that the templates are written for. */
export const twoEnvironments: PipelineAnswers = {
  environments: [
    { name: 'production', branch: 'main', isProduction: true },
    { name: 'staging', branch: 'develop', isProduction: false },
  ],
  packageManager: 'none',
  records: 'own',
};

/** The templates as they are shipped. */
export function pipelineTemplates(): readonly PipelineTemplate[] {
  const root = join(projectRoot, 'pipeline');
  return folders.flatMap((folder) => readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => ({ path: `${folder}/${name}`, text: readFileSync(join(root, folder, name), 'utf8') })));
}

/** The files as Set Up writes them into a repository, their actions pinned to commits made up for the occasion. */
export function renderedPipeline(answers: PipelineAnswers = twoEnvironments): readonly PipelineFile[] {
  const templates = pipelineTemplates();
  const pins = Object.fromEntries(pinnedActions(templates).map((action, index) => [pinKey(action), String(index + 1).padStart(40, 'a')]));
  return renderPipeline(templates, answers, pins);
}
