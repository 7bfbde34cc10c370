import assert from 'node:assert/strict';
import { setupBranch } from '../../src/app/pipelineChange.ts';
import { readerAt } from '../../src/views/localize.ts';
import type { Row } from '../../src/views/row.ts';
import { setupRows } from '../../src/views/setupRows.ts';
import type { CommandRig } from './commandRig.ts';

/** What is answered when everything but servers, health and reviewers is taken as proposed. */
export const answers = ['⏎', '⏎', 'deploy@www.example.com:/srv/crm', 'https://www.example.com/version', '⏎', '', 'ana, atelier-nord/release-captains, nobody', 'No Slack'];

/** What a person pastes as the server's key. */
export const hostKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl root@www';

/** That many times what is proposed. */
export function enters(count: number): readonly string[] {
  return Array.from({ length: count }, () => '⏎');
}

/** Answers the questions and creates the environments. */
export async function ready(rig: CommandRig): Promise<void> {
  await rig.ask('boussole.setUp', undefined, ...answers, undefined);
  for (const name of ['production', 'staging']) await rig.ask('boussole.setUpEnvironment', { repositoryKey: rig.key, environment: name }, 'Create');
}

/** What a teammate does on GitHub: opens the pull request and merges it, perhaps after a change of their own. */
export async function mergeSetUp(rig: CommandRig, changes?: ReadonlyMap<string, string>): Promise<void> {
  const { home } = rig.world.simulator.world;
  const head = home.commits.get(home.branches.get(setupBranch) ?? '');
  assert.ok(head);
  if (changes) Object.assign(head, { files: new Map([...head.files, ...changes]) });
  const opened = (await (await send(rig, 'POST', 'pulls', { title: 'Deploy', head: setupBranch, base: 'main' })).json()) as { number: number };
  await send(rig, 'PUT', `pulls/${opened.number}/merge`, {});
  home.branches.delete(setupBranch);
}

/** What a reviewer does on GitHub with everything that waits. */
export async function approve(rig: CommandRig): Promise<void> {
  const { home } = rig.world.simulator.world;
  const run = home.runs.find(({ inputs }) => inputs['environment'] === 'production');
  const production = home.environments.find(({ name }) => name === 'production');
  await send(rig, 'POST', `actions/runs/${run?.id}/pending_deployments`, { environment_ids: [production?.id], state: 'approved', comment: '' });
}

/** Asks REST of the repository as a teammate who may do everything. */
export async function send({ world }: CommandRig, method: string, path: string, body: object): Promise<Response> {
  const headers = { authorization: 'token sim-token-ana', 'content-type': 'application/json' };
  const answer = await world.clock.until(world.simulator.fetch(`http://sim.test/api/v3/repos/atelier-nord/crm/${path}`, { method, headers, body: JSON.stringify(body) }), 5_000);
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${await answer.clone().text()}`);
  return answer;
}

/** Every row of the checklist, sections first. */
export function checklistRows({ guide }: CommandRig): readonly Row[] {
  return setupRows([guide.picture], readerAt(0)).flatMap((row) => [row, ...(row.children?.() ?? [])]);
}

/** The checklist as one reads it: icon, label and description, a level deeper below its section. */
export function checklistText({ guide }: CommandRig): string {
  const lines = (rows: readonly Row[], depth: number): readonly string[] => rows.flatMap((row) => [`${'  '.repeat(depth)}${row.icon?.codicon} ${row.label}  ${row.description}`, ...lines(row.children?.() ?? [], depth + 1)]);
  return lines(setupRows([guide.picture], readerAt(0)), 0).join('\n');
}
