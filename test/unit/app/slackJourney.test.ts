import assert from 'node:assert/strict';
import { Notifier } from '../../../src/app/notifier.ts';
import { planDeploy } from '../../../src/app/planDeploy.ts';
import { sendDeploy } from '../../../src/app/sendDeploy.ts';
import { versionChoices } from '../../../src/app/versionChoices.ts';
import type { DeployError } from '../../../src/core/deployError.ts';
import type { Settings } from '../../../src/core/settings.ts';
import { DEMO_SLACK_TOKEN } from '../../../src/simulator/slack/workspace.ts';
import { perform } from '../../../src/simulator/teammates.ts';
import { createSlack } from '../../../src/slack/slackClient.ts';
import { plainSettings, startWorld, type World } from '../../support/startWorld.ts';

const settings: Settings = { ...plainSettings, slack: { whenWorkflowPosts: 'auto', channels: { '*': 'deploys' }, events: {} } };

/** A window whose deploys are told to the simulated Slack, both on the one simulated world. */
class TellingWindow {
  readonly world: World;
  readonly problems: DeployError[] = [];
  readonly notifier: Notifier;

  constructor(world: World) {
    const { clock, log, session, storage, github, simulator } = world;
    this.world = world;
    const slack = createSlack({ credential: { kind: 'bot', token: DEMO_SLACK_TOKEN }, apiUrl: 'http://sim.test/slack/api/', clock, log, fetch: simulator.fetch });
    this.notifier = new Notifier({
      store: session.store,
      slack: async () => slack,
      settings: () => settings,
      storage,
      clock,
      log,
      serverNow: () => github.serverNow(),
      onProblem: (error) => void this.problems.push(error),
    });
  }

  async deploy(environment: string, reason: string): Promise<string> {
    const { clock, session } = this.world;
    await clock.until(this.world.open());
    const target = session.store.state.environments.find((each) => each.target.environment === environment)?.target ?? assert.fail();
    const version = versionChoices(session.store.state, target).find(({ disabled }) => !disabled)?.version ?? assert.fail();
    const plan = await clock.until(planDeploy(session, { environment, version, kind: 'deploy' }, new AbortController().signal));
    await clock.until(sendDeploy(session, plan, {}, reason));
    return version.label;
  }

  async close(): Promise<World> {
    this.notifier.dispose();
    const next = this.world.reload();
    await next.clock.advance(0);
    return next;
  }

  /** What a person reads in #deploys, tags taken away, one line a message or reply. */
  async channel(): Promise<readonly string[]> {
    const answer = await this.world.simulator.fetch('http://sim.test/slack/deploys.json');
    const { html } = (await answer.json()) as { html: string };
    return html.split('<article').slice(1).map((each) => each.replace(/<img[^>]*alt="([^"]*)">/g, '$1').replace(/<[^>]*>/g, ' ').replace(/^[^>]*>/, '').replace(/\s+/g, ' ').trim());
  }
}

describe('A deploy as #deploys reads it', () => {
  it('to staging: one message, from start to what users see now', async () => {
    const window = new TellingWindow(startWorld({ settings, scenario: 'quiet' }));
    const version = await window.deploy('staging', 'Try <!channel> on staging');
    await window.world.clock.advance(20_000);
    const [early = '', ...none] = await window.channel();
    assert.deepEqual(none, []);
    assert.match(early, new RegExp(`🚀 Deploying ${version} to staging .*Why: Try &lt;!channel&gt; on staging`));
    await window.world.clock.advance(900_000);
    const [late = '', ...more] = await window.channel();
    assert.deepEqual(more, []);
    assert.match(late, new RegExp(`\\(edited\\) ✅ Deployed ${version} to staging .*Duration \\d+ min.*Users see now ${version}`));
    assert.deepEqual(window.problems, []);
  });

  it('to production, over a restart: asks for approval in its thread, and ends with the true time', async () => {
    const window = new TellingWindow(startWorld({ settings, scenario: 'quiet' }));
    const version = await window.deploy('production', 'Release day');
    await window.world.clock.advance(300_000);
    const waiting = await window.channel();
    assert.match(waiting[0] ?? '', new RegExp(`✋ Deploy of ${version} to production waits for approval`));
    assert.match(waiting[1] ?? '', /✋ Approval needed : .* Reviewers: .* Review on GitHub/);
    const next = await window.close();
    perform(next.simulator.world, { act: 'approve' });
    await next.clock.advance(3_600_000);
    const after = new TellingWindow(next);
    await next.clock.until(next.open());
    await next.clock.advance(60_000);
    const [message = '', ...replies] = await after.channel();
    assert.match(message, new RegExp(`✅ Deployed ${version} to production .*told late: no editor was following when it ended`));
    assert.equal(replies.length, 1);
    assert.deepEqual(after.problems, []);
  });

  it('that fails: the step, and what users still see', async () => {
    const window = new TellingWindow(startWorld({ settings, scenario: 'quiet' }));
    window.world.simulator.world.mishaps.push({ environment: 'staging', step: 'Check from outside', times: 1 });
    await window.deploy('staging', '');
    await window.world.clock.advance(900_000);
    const [message = '', reply = '', ...more] = await window.channel();
    assert.match(message, /❌ Deploy of .* to staging failed .*State Failed at Check from outside/);
    assert.match(reply, /❌ Failed at Check from outside : .* Users see .* now\. Open the run/);
    assert.deepEqual(more, []);
  });

  it('with a Slack that answers 502 after the effect: the deploy goes on, and nothing is posted twice', async () => {
    const window = new TellingWindow(startWorld({ settings, scenario: 'quiet' }));
    window.world.simulator.inject({ kind: '502AfterEffect', match: { path: 'chat\\.postMessage' } });
    const version = await window.deploy('staging', '');
    await window.world.clock.advance(900_000);
    assert.equal((await window.channel()).length, 1);
    assert.deepEqual(window.problems.map(({ kind }) => kind), ['slackUnconfirmed']);
    assert.equal(window.world.session.store.state.tracked.find(({ request }) => request?.version.label === version)?.phase, 'completed');
  });
});
