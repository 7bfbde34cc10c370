import assert from 'node:assert/strict';
import { answerError } from '../../../src/commands/errorBoundary.ts';
import type { CommandContext } from '../../../src/commands/commandContext.ts';
import { DeployError } from '../../../src/core/deployError.ts';
import { gitHubDotCom } from '../../../src/core/gitHubHost.ts';
import { resetVscode, speak } from '../../support/fakeVscode.ts';
import { commandState, environment } from '../../support/fakeVscode/commands.ts';
import { person } from '../../support/fakeVscode/script.ts';
import { ListLog } from '../../support/listLog.ts';

const refusedBySaml = (url: string) => new DeployError('samlRequired', 'No.', { values: { host: 'github.com', url }, actions: ['authorizeSaml'] });

describe('the error boundary', () => {
  let log: ListLog & { show(): void };
  let shownLog: number;
  let retried: number;
  let signedIn: string[];

  beforeEach(() => {
    resetVscode();
    shownLog = 0;
    retried = 0;
    signedIn = [];
    log = Object.assign(new ListLog(), { show: () => void shownLog++ });
  });

  const answer = (error: unknown) => {
    // Only these parts of the context are of use to the boundary.
    const context = {
      log,
      sample: { isOn: () => false },
      sessions: { all: [], onDidChange: () => ({ dispose: () => undefined }) },
      windowState: () => Promise.resolve({ kind: 'signedOut', host: gitHubDotCom, reason: undefined }),
      accounts: { hosts: () => [gitHubDotCom], signIn: (host: { authority: string }, why?: string) => Promise.resolve(void signedIn.push(`${host.authority}: ${why}`)) },
    } as unknown as CommandContext;
    return answerError(error, context, () => Promise.resolve(void retried++));
  };

  it('says nothing when somebody changed their mind', async () => {
    await answer(new DOMException('gone', 'AbortError'));
    assert.deepEqual([person.shown, log.lines], [[], []]);
  });

  it('says what happened and offers what can be done', async () => {
    person.answers('Retry');
    await answer(new DeployError('offline', '{host} cannot be reached. Check your network connection.', { values: { host: 'github.com' }, actions: ['retry', 'showLog'] }));
    assert.deepEqual(person.shown, [{ kind: 'error', message: 'github.com cannot be reached. Check your network connection.', choices: ['Retry', 'Show Log'] }]);
    assert.equal(retried, 1);
  });

  it('each action does what its label says', async () => {
    for (const [action, label, effect] of [
      ['signIn', 'Sign In', 'boussole.signIn'],
      ['useToken', 'Use a Token…', 'boussole.useToken'],
      ['openSettings', 'Open Settings', 'boussole.openSettings'],
      ['selectRepository', 'Select Repository…', 'boussole.selectRepository'],
      ['connectSlack', 'Connect Slack…', 'boussole.connectSlack'],
    ] as const) {
      person.answers(label);
      await answer(new DeployError('forbidden', 'No.', { actions: [action] }));
      assert.equal(commandState.executed.at(-1)?.id, effect);
    }
    person.answers('Open on GitHub');
    await answer(new DeployError('workflowDisabled', 'No.', { values: { url: 'https://github.com/lumen/crm/actions' }, actions: ['openOnGitHub'] }));
    assert.deepEqual(environment.opened, ['https://github.com/lumen/crm/actions']);
  });

  it('settings that are VS Code’s own are opened where they are', async () => {
    for (const [kind, setting] of [['proxy', 'http.proxy'], ['noRepository', 'github-enterprise.uri']] as const) {
      person.answers('Open Settings');
      await answer(new DeployError(kind, 'No.', { actions: ['openSettings'] }));
      assert.deepEqual(commandState.executed.at(-1), { id: 'workbench.action.openSettings', args: [setting] });
    }
  });

  it('single sign-on opens the page that GitHub named, and asks for a new session where it named none of its own', async () => {
    person.answers('Authorize', 'Refresh');
    await answer(refusedBySaml('https://github.com/orgs/lumen/sso?authorization_request=A1'));
    assert.deepEqual(environment.opened, ['https://github.com/orgs/lumen/sso?authorization_request=A1']);
    assert.equal(commandState.executed.at(-1)?.id, 'boussole.refresh');
    assert.deepEqual(signedIn, []);
    for (const url of ['', 'https://example.com/sso']) {
      person.answers('Authorize');
      await answer(refusedBySaml(url));
    }
    assert.deepEqual([environment.opened.length, signedIn], [1, ['github.com: No.', 'github.com: No.']]);
  });

  it('makes no link of others’ words', async () => {
    await answer(new DeployError('notFound', 'No {ref}.', { values: { ref: '[v1](command:workbench.action.quit)' } }));
    assert.equal(person.shown[0]?.message, 'No [v1] (command:workbench.action.quit).');
  });

  it('takes a DeployError of another bundle for one', async () => {
    const twin = Object.assign(new Error('{what} is archived.'), { name: 'DeployError', kind: 'repositoryArchived', values: { what: 'lumen/crm' }, actions: [], retryAt: undefined, detail: undefined });
    await answer(twin);
    assert.equal(person.shown[0]?.message, 'lumen/crm is archived.');
  });

  it('keeps hostile values on one line', async () => {
    await answer(new DeployError('notFound', 'No {ref}.', { values: { ref: `v1\n\u202E${'x'.repeat(10_000)}` } }));
    const message = person.shown[0]?.message ?? '';
    assert.ok(message.length < 320 && !/[\n\u202E]/.test(message));
  });

  it('tells a bug briefly and keeps its stack in the log', async () => {
    person.answers('Show Log');
    const bug = new TypeError('x is undefined');
    await answer(bug);
    assert.deepEqual(person.shown[0], { kind: 'error', message: 'Something went wrong in Boussole: x is undefined', choices: ['Show Log'] });
    assert.equal(shownLog, 1);
    assert.deepEqual(log.errors, [bug]);
  });

  it('speaks the editor’s language', async () => {
    speak('fr', { 'You are not signed in to {host}.': 'Vous n’êtes pas connecté à {host}.', 'Sign In': 'Se connecter' });
    await answer(new DeployError('notSignedIn', 'You are not signed in to {host}.', { values: { host: 'github.com' }, actions: ['signIn'] }));
    assert.deepEqual([person.shown[0]?.message, person.shown[0]?.choices], ['Vous n’êtes pas connecté à github.com.', ['Se connecter']]);
  });
});
