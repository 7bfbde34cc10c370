import assert from 'node:assert/strict';
import { readSettings } from '../../../src/app/readSettings.ts';
import { openPoints, settingsSections } from '../../../src/app/settingsCheck.ts';
import { troubleOfSettings, type SettingsFacts } from '../../../src/app/settingsFacts.ts';
import type { EnvironmentSettings, SecretName } from '../../../src/core/gitHubSetup.ts';
import { text } from '../../../src/core/text.ts';
import { aTarget, minutes, repository } from '../../support/build.ts';
import { english } from '../../support/screen.ts';
import { startWorld } from '../../support/startWorld.ts';

const day = 24 * 60;
const read = <T>(value: T) => ({ is: 'read', value }) as const;
const unread = { is: 'unknown', why: text('No access.') } as const;

function anEnvironment(more: Partial<EnvironmentSettings> = {}): EnvironmentSettings {
  return {
    id: 7, name: 'production', createdAt: minutes(0), reviewers: [{ type: 'user', id: 1, name: 'ana' }], preventSelfReview: true, waitMinutes: 0,
    branchPolicy: { kind: 'custom', patterns: [{ name: 'main', type: 'branch' }] }, customRules: [], ...more,
  };
}

const secret = (name: string, days = 1): SecretName => ({ name, updatedAt: minutes(-days * day) });

function facts(more: Partial<SettingsFacts> = {}): SettingsFacts {
  return {
    repository,
    now: minutes(0),
    targets: [aTarget({ environment: 'staging', isProduction: false }), aTarget()],
    named: read({ names: ['production', 'staging', 'notifications'], isSure: true }),
    environments: read([anEnvironment(), anEnvironment({ id: 8, name: 'staging', reviewers: [], branchPolicy: { kind: 'any' } })]),
    deployedTo: read(['production', 'staging']),
    hasProtectedBranches: read(true),
    repositorySecrets: read([]),
    organizationSecrets: read([]),
    environmentSecrets: new Map([['production', read([secret('DEPLOY_SSH_KEY')])], ['staging', read([])]]),
    ...more,
  };
}

/** `state title: detail` of every point that is not in order. */
function points(more: Partial<SettingsFacts>): readonly string[] {
  return settingsSections(facts(more)).flatMap(({ items }) => items).filter(({ state }) => state !== 'ok').map(({ state, title, detail }) => `${state} ${english(title)}: ${english(detail)}`);
}

const production = (more: Partial<EnvironmentSettings>) => ({ environments: read([anEnvironment(more), anEnvironment({ name: 'staging', reviewers: [] })]) });

describe('the check of the settings', () => {
  it('finds nothing where all is as it should be, and says what it looked at', () => {
    assert.deepEqual(points({}), []);
    const sections = settingsSections(facts());
    assert.equal(openPoints(sections), 0);
    assert.deepEqual(sections.map(({ id, items }) => `${id}: ${items.map((item) => item.id).join(' ')}`), [
      'environment:production: reviewers:production selfReview:production branches:production age:production',
      'repository: misplaced:repository',
    ]);
  });

  const cases: readonly { readonly title: string; readonly given: Partial<SettingsFacts>; readonly expect: readonly string[] }[] = [
    { title: 'production that nothing protects', given: production({ reviewers: [], branchPolicy: { kind: 'any' } }), expect: ['problem Required reviewers: nothing protects it: anyone who can push deploys', 'problem Branches that may deploy: any branch may'] },
    { title: 'production without a reviewer', given: production({ reviewers: [] }), expect: ['problem Required reviewers: nobody must approve'] },
    { title: 'rules of an app, which say nothing here', given: production({ reviewers: [], customRules: ['Gate'] }), expect: ['unknown Required reviewers: decided by Gate'] },
    { title: 'reviewers who may approve their own deploys', given: production({ reviewers: [{ type: 'user', id: 1, name: 'ana' }, { type: 'user', id: 2, name: 'mei' }], preventSelfReview: false }), expect: ['problem Approval by somebody else: who starts a deploy may approve it'] },
    { title: 'a team that may approve its own deploys', given: production({ reviewers: [{ type: 'team', id: 1, name: 'captains' }], preventSelfReview: false }), expect: ['problem Approval by somebody else: who starts a deploy may approve it'] },
    { title: 'a lone reviewer, who could not deploy otherwise', given: production({ preventSelfReview: false }), expect: ['todo Approval by somebody else: ana alone approves, their own deploys too'] },
    { title: 'any branch', given: production({ branchPolicy: { kind: 'any' } }), expect: ['problem Branches that may deploy: any branch may'] },
    { title: 'a pattern for every branch', given: production({ branchPolicy: { kind: 'custom', patterns: [{ name: '**', type: 'branch' }] } }), expect: ['problem Branches that may deploy: the pattern lets every branch deploy: **'] },
    { title: 'a pattern for every tag, which lets no branch in', given: production({ branchPolicy: { kind: 'custom', patterns: [{ name: 'main', type: 'branch' }, { name: '*', type: 'tag' }] } }), expect: [] },
    { title: 'protected branches, none of them', given: { ...production({ branchPolicy: { kind: 'protected' } }), hasProtectedBranches: read(false) }, expect: ['problem Branches that may deploy: “protected branches”, and none is: any branch may'] },
    { title: 'protected branches that cannot be read', given: { ...production({ branchPolicy: { kind: 'protected' } }), hasProtectedBranches: unread }, expect: ['unknown Branches that may deploy: No access.'] },
    { title: 'an environment that is missing', given: { environments: read([anEnvironment()]) }, expect: ['problem Environment on GitHub: does not exist yet'] },
    { title: 'environments that cannot be read', given: { environments: unread, environmentSecrets: new Map() }, expect: ['unknown Environment on GitHub: No access.', 'unknown Environment on GitHub: No access.'] },
    { title: 'keys in the whole repository', given: { repositorySecrets: read([secret('DEPLOY_SSH_KEY'), secret('SLACK_BOT_TOKEN'), secret('STAGING_PASSWORD')]) }, expect: ['problem Keys only in environments: DEPLOY_SSH_KEY is a secret of the whole repository', 'problem Keys only in environments: STAGING_PASSWORD is a secret of the whole repository'] },
    { title: 'keys of the organization', given: { organizationSecrets: read([secret('SSH_PRIVATE_KEY')]) }, expect: ['problem Keys only in environments: SSH_PRIVATE_KEY is a secret of the organization'] },
    { title: 'secrets that cannot be listed', given: { repositorySecrets: unread, organizationSecrets: unread }, expect: ['unknown Keys only in environments: No access.', 'unknown Keys only in environments: No access.', 'unknown Age of the secrets: No access.'] },
    { title: 'a secret in two places', given: { repositorySecrets: read([secret('API_TOKEN')]), environmentSecrets: new Map([['production', read([secret('API_TOKEN')])]]) }, expect: ['todo One place for each secret: API_TOKEN stands in production and in the repository'] },
    { title: 'secrets of last year', given: { environmentSecrets: new Map([['production', read([secret('DEPLOY_SSH_KEY', 181), secret('OTHER', 180)])]]) }, expect: ['todo Age of the secrets: DEPLOY_SSH_KEY was last written on 2026-03-17'] },
    { title: 'an environment by a slip', given: { environments: read([anEnvironment(), anEnvironment({ name: 'staging', reviewers: [] }), anEnvironment({ name: 'prodution', reviewers: [], branchPolicy: { kind: 'any' } })]), deployedTo: read(['prodution']) }, expect: ['problem prodution: looks like a slip for production'] },
    { title: 'a slip that is deployed to', given: { targets: [aTarget({ environment: 'stagging', isProduction: false }), aTarget()], environments: read([anEnvironment(), anEnvironment({ name: 'staging', reviewers: [] }), anEnvironment({ name: 'stagging', reviewers: [] })]) }, expect: ['problem Name of the environment: looks like a slip for staging'] },
    { title: 'an environment of nobody', given: { environments: read([anEnvironment(), anEnvironment({ name: 'staging', reviewers: [] }), anEnvironment({ name: 'europe', reviewers: [], branchPolicy: { kind: 'any' } })]) }, expect: ['todo europe: no workflow names it, and nothing was deployed to it'] },
    { title: 'an environment for secrets only', given: { environments: read([anEnvironment(), anEnvironment({ name: 'staging', reviewers: [] }), anEnvironment({ name: 'Notifications', reviewers: [], branchPolicy: { kind: 'any' } })]) }, expect: [] },
    { title: 'an environment that a workflow may take by an input', given: { environments: read([anEnvironment(), anEnvironment({ name: 'staging', reviewers: [] }), anEnvironment({ name: 'europe', reviewers: [], branchPolicy: { kind: 'any' } })]), named: read({ names: [], isSure: false }) }, expect: [] },
    { title: 'workflows that cannot be read', given: { environments: read([anEnvironment(), anEnvironment({ name: 'staging', reviewers: [] }), anEnvironment({ name: 'europe', reviewers: [] })]), named: unread }, expect: ['unknown europe: No access.'] },
  ];
  for (const { title, given, expect } of cases) {
    it(`judges ${title}`, () => assert.deepEqual(points(given), expect));
  }

  it('gives every point a reason, a page and, where it is a problem, a place to mend it', () => {
    const all = cases.flatMap(({ given }) => settingsSections(facts(given))).flatMap(({ items }) => items);
    for (const { state, why, source, action } of all) {
      assert.ok(english(why).length > 20);
      assert.equal(new URL(source).protocol, 'https:');
      if (state === 'problem') assert.match(String(action?.argument.url), /^https:\/\/github\.com\/lumen\/crm\/settings\//);
    }
  });

  it('keeps the ids of a section apart', () => {
    for (const { given } of cases) for (const { items } of settingsSections(facts(given))) assert.equal(new Set(items.map(({ id }) => id)).size, items.length);
  });
});

const states = (sections: ReturnType<typeof settingsSections>) => sections.flatMap(({ items }) => items).map(({ id, state }) => `${state} ${id}`);

describe('reading the settings', () => {

  it('sees what GitHub has', async () => {
    const world = startWorld();
    await world.open();
    const { home } = world.simulator.world;
    home.secrets.push('DEPLOY_SSH_KEY');
    const settings = await world.clock.until(readSettings(world.session, new AbortController().signal), 10_000);
    assert.equal(settings.environments.is, 'read');
    assert.equal(settings.organizationSecrets.is, 'read');
    const found = states(settingsSections(settings));
    assert.ok(found.includes('problem misplaced:repository:DEPLOY_SSH_KEY'), found.join('\n'));
    assert.ok(found.some((one) => one.endsWith(' reviewers:production')));
    assert.ok(!found.some((one) => one.startsWith('unknown')), found.join('\n'));
    assert.ok(!found.some((one) => one.includes('unused:notifications')));
    world.dispose();
  });

  it('takes nothing for safe that it could not read', async () => {
    const world = startWorld();
    await world.open();
    world.setOffline(true);
    const settings = await world.clock.until(readSettings(world.session, new AbortController().signal), 120_000);
    const found = states(settingsSections(settings));
    assert.ok(found.length > 0 && found.every((one) => one.startsWith('unknown')), found.join('\n'));
    assert.deepEqual(new Set(settingsSections(settings).flatMap(({ items }) => items).map(({ detail }) => english(detail))), new Set(['not known']), 'the reason is said once, above the list');
    assert.match(english(troubleOfSettings(settings) ?? text('')), /cannot be reached/);
    world.dispose();
  });
});
