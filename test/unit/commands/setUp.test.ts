import assert from 'node:assert/strict';
import { DeployError } from '../../../src/core/deployError.ts';
import { gitHubHost, type GitHubHost } from '../../../src/core/gitHubHost.ts';
import { createSlack } from '../../../src/slack/slackClient.ts';
import { startCommandRig, type CommandRig } from '../../support/commandRig.ts';
import { resetVscode } from '../../support/fakeVscode.ts';
import { commandState } from '../../support/fakeVscode/commands.ts';

const apiUrl = 'http://sim.test/slack/api/';

describe('set-up commands', () => {
  let rig: CommandRig;
  const host = gitHubHost('http://sim.test') as GitHubHost;
  const open = async (options: Parameters<typeof startCommandRig>[0] = {}) => {
    rig = await startCommandRig({
      scenario: 'quiet',
      slack: (credential) => createSlack({ credential, apiUrl, clock: rig.world.clock, log: rig.world.log, fetch: rig.world.simulator.fetch }),
      ...options,
    });
  };

  beforeEach(() => resetVscode());
  afterEach(() => rig.dispose());

  it('Connect Slack keeps token and channel once all is well', async () => {
    await open();
    const shown = await rig.ask('boussole.connectSlack', undefined, 'Bot Token', 'xoxb-sim-token', '#deploys');
    assert.match(shown.at(-1)?.message ?? '', /^Connected to Lumen as .+: deploys are told in #deploys\.$/);
    assert.deepEqual(rig.deeds.credential, { kind: 'bot', token: 'xoxb-sim-token' });
    assert.match(rig.deeds.channels.get('*') ?? '', /^C/);
  });

  it('Connect Slack says to invite the bot, and looks for another channel', async () => {
    await open();
    const shown = await rig.ask('boussole.connectSlack', undefined, 'Bot Token', 'xoxb-sim-token', '#general', 'Another Channel', '#deploys');
    assert.match(shown.find(({ kind }) => kind === 'error')?.message ?? '', /\/invite @/);
    assert.equal(rig.deeds.credential?.kind, 'bot');
  });

  it('Connect Slack keeps nothing when Slack refuses the token or the person leaves', async () => {
    await open();
    const refused = await rig.ask('boussole.connectSlack', undefined, 'Bot Token', 'xoxb-wrong-token');
    assert.match(refused.at(-1)?.message ?? '', /does not accept this token/);
    await rig.ask('boussole.connectSlack', undefined, 'Bot Token', 'xoxb-sim-token', undefined);
    assert.equal(rig.deeds.credential, undefined);
    assert.equal(rig.deeds.channels.size, 0);
  });

  it('Connect Slack takes a webhook, and nothing that is none', async () => {
    await open();
    const shown = await rig.ask('boussole.connectSlack', undefined, 'Incoming Webhook', 'https://example.com/services/T1/B1/x');
    assert.match(shown.at(-1)?.message ?? '', /not the address of a Slack webhook/);
    assert.equal(rig.deeds.credential, undefined);
  });

  it('the test message arrives, and Disconnect forgets the token', async () => {
    await open({ slackChannel: '#deploys' });
    rig.deeds.credential = { kind: 'bot', token: 'xoxb-sim-token' };
    const shown = await rig.ask('boussole.testSlack', undefined);
    assert.equal(shown.at(-1)?.message, 'The test message was sent to Slack.');
    assert.ok(rig.world.simulator.log.some(({ path, status }) => path.endsWith('chat.postMessage') && status === 200));
    await rig.ask('boussole.disconnectSlack', undefined);
    assert.equal(rig.deeds.credential, undefined);
    const again = await rig.ask('boussole.testSlack', undefined);
    assert.deepEqual(again[0]?.choices, ['Connect Slack…']);
  });

  it('says for each empty window what to do', async () => {
    const states = [
      [{ kind: 'noFolder' }, /No folder is open/, []],
      [{ kind: 'noGit' }, /not a git repository/, []],
      [{ kind: 'noRemote' }, /has no remote/, []],
      [{ kind: 'noGitHubRemote', hosts: ['gitlab.com'] }, /gitlab\.com/, ['Open Settings']],
      [{ kind: 'chooseRepository', candidates: [] }, /several repositories/, ['Select Repository…']],
      [{ kind: 'notOpened', repositories: ['lumen/crm'] }, /^lumen\/crm could not be opened\./, ['Retry', 'Show Log']],
      [{ kind: 'notOpened', repositories: [] }, /^The sample team could not be opened\./, ['Retry', 'Show Log']],
      [{ kind: 'signedOut', host, reason: undefined }, /not signed in to sim\.test/, ['Sign In', 'Use a Token…']],
      [{ kind: 'signedOut', host, reason: { message: '{host} no longer accepts the sign-in: it was revoked or has expired.', values: { host: 'sim.test' } } }, /^sim\.test no longer accepts/, ['Sign In Again', 'Use a Token…']],
    ] as const;
    for (const [state, message, choices] of states) {
      await open({ state });
      const shown = await rig.ask('boussole.deployToStaging', undefined);
      assert.match(shown[0]?.message ?? '', message, state.kind);
      assert.deepEqual(shown[0]?.choices, choices, state.kind);
    }
  });

  it('tries again what could not be opened: any command where nothing is shown, Refresh where others are', async () => {
    const notOpened = { kind: 'notOpened', repositories: ['lumen/site'] } as const;
    await open({ state: notOpened });
    await rig.ask('boussole.deployToStaging', undefined);
    assert.equal(rig.deeds.reopened, 1);
    await open({ state: { kind: 'ready', besides: [notOpened] } });
    await rig.ask('boussole.refresh', undefined);
    assert.equal(rig.deeds.reopened, 1);
    await open({ state: { kind: 'ready' } });
    await rig.ask('boussole.refresh', undefined);
    assert.equal(rig.deeds.reopened, 0);
  });

  it('Sign In goes to the host that waits for it', async () => {
    await open({ state: { kind: 'signedOut', host, reason: undefined } });
    await rig.ask('boussole.signIn', undefined);
    assert.deepEqual(rig.deeds.signedIn, ['sim.test']);
  });

  it('Sign In asks for a new session, saying why, when the one that there is does not do', async () => {
    await open();
    const shown = await rig.ask('boussole.signIn', undefined);
    assert.equal(shown.at(-1)?.message, 'You are signed in to sim.test.');
    const error = new DeployError('samlRequired', 'The organization on {host} asks for single sign-on. Authorize VS Code for it.', { values: { host: 'sim.test' } });
    rig.world.session.store.update((state) => ({ ...state, connection: { kind: 'failed', error, asOf: undefined, retryAt: undefined } }));
    await rig.ask('boussole.signIn', undefined);
    assert.deepEqual(rig.deeds.signedIn, ['sim.test', 'sim.test: The organization on sim.test asks for single sign-on. Authorize VS Code for it.']);
  });

  it('a token is kept and forgotten', async () => {
    await open();
    await rig.ask('boussole.useToken', undefined, ' ghp_0123456789 ');
    assert.deepEqual([...rig.deeds.tokens], [['sim.test', 'ghp_0123456789']]);
    await rig.ask('boussole.forgetToken', undefined);
    assert.equal(rig.deeds.tokens.size, 0);
    const shown = await rig.ask('boussole.forgetToken', undefined);
    assert.equal(shown[0]?.message, 'No GitHub token is kept.');
  });

  it('Select Repository remembers the choice', async () => {
    await open();
    await rig.ask('boussole.selectRepository', undefined, 'camille/');
    assert.equal(rig.deeds.chosen.length, 1);
    assert.match(rig.deeds.chosen[0] ?? '', /^\/projects\/crm → camille\//);
  });

  it('the sample team is entered and left', async () => {
    await open();
    const shown = await rig.ask('boussole.exploreSample', undefined, undefined);
    assert.match(shown[0]?.message ?? '', /sample team/);
    assert.equal(rig.deeds.isExploring, true);
    await rig.ask('boussole.leaveSample', undefined);
    assert.equal(rig.deeds.isExploring, false);
    const again = await rig.ask('boussole.leaveSample', undefined);
    assert.equal(again[0]?.message, 'You are not exploring the sample team.');
  });

  it('settings and log are opened', async () => {
    await open();
    await rig.ask('boussole.openSettings', undefined);
    assert.deepEqual(commandState.executed.at(-1), { id: 'workbench.action.openSettings', args: ['@ext:maboussole.boussole'] });
    await rig.ask('boussole.showLog', undefined);
    assert.equal(rig.deeds.logShown, 1);
  });
});
