import assert from 'node:assert/strict';
import type { Log } from '../../../src/core/log.ts';
import { SettingsReader } from '../../../src/host/settingsReader.ts';
import { resetVscode, workspace } from '../../support/fakeVscode.ts';
import { workspaceState } from '../../support/fakeVscode/workspace.ts';

describe('SettingsReader', () => {
  let warnings: string[];
  let reader: SettingsReader;

  beforeEach(() => {
    resetVscode();
    warnings = [];
    const log: Log = { info: () => undefined, debug: () => undefined, error: () => undefined, warn: (message) => void warnings.push(message) };
    reader = new SettingsReader(log);
  });

  it('has a default for everything', () => {
    assert.deepEqual(reader.read(undefined), {
      environments: {},
      stagingEnvironment: undefined,
      productionEnvironment: undefined,
      notifications: {},
      backgroundRefresh: true,
      slack: { whenWorkflowPosts: 'auto', channels: {}, events: {} },
    });
    assert.deepEqual(warnings, []);
  });

  it('merges a workspace’s environments over the user’s', () => {
    workspaceState.set('boussole.environments', {
      globalValue: { staging: { workflow: 'mine.yml', slackChannel: '#mine' } },
      workspaceValue: { staging: { branch: 'develop' }, qa: { production: false } },
    });
    assert.deepEqual(reader.read(undefined).environments, {
      staging: { workflow: 'mine.yml', slackChannel: '#mine', branch: 'develop' },
      qa: { production: false },
    });
  });

  it('keeps what it read until a setting changes', () => {
    const first = reader.read(undefined);
    assert.equal(reader.read(undefined), first);
    workspaceState.set('boussole.stagingEnvironment', { globalValue: 'qa' });
    assert.equal(reader.read(undefined).stagingEnvironment, 'qa');
  });

  it('takes nothing from an untrusted workspace', () => {
    Object.assign(workspace, { isTrusted: false });
    workspaceState.set('boussole.environments', { workspaceValue: { production: { workflow: 'evil.yml' } } });
    workspaceState.set('boussole.stagingEnvironment', { globalValue: 'qa', workspaceValue: 'production' });
    const settings = reader.read(undefined);
    assert.deepEqual(settings.environments, {});
    assert.equal(settings.stagingEnvironment, 'qa');
  });

  it('takes Slack’s channels, events and address from the user only, trusted workspace or not', () => {
    workspaceState.set('boussole.slack.channels', { workspaceValue: { '*': '#evil' } });
    workspaceState.set('boussole.slack.apiUrl', { workspaceValue: 'https://evil.example/api/' });
    workspaceState.set('boussole.slack.events', { workspaceFolderValue: { '*': [] } });
    workspaceState.set('boussole.environments', { workspaceValue: { staging: { slackChannel: '#evil' } } });
    const settings = reader.read(undefined);
    assert.deepEqual(settings.slack, { whenWorkflowPosts: 'auto', channels: {}, events: {} });
    assert.deepEqual(settings.environments, { staging: {} });
    assert.equal(reader.slackApiUrl(), undefined);
  });

  it('speaks plain http with this machine only', () => {
    workspaceState.set('boussole.slack.apiUrl', { globalValue: 'http://127.0.0.1:4000/slack/api/' });
    assert.equal(reader.slackApiUrl(), 'http://127.0.0.1:4000/slack/api/');
    workspaceState.set('boussole.slack.apiUrl', { globalValue: 'http://slack.example/api/' });
    assert.equal(reader.slackApiUrl(), undefined);
  });

  it('says once what is wrong and uses the default', () => {
    workspaceState.set('boussole.notifications', { globalValue: { production: 'loud', staging: 'mine' } });
    workspaceState.set('boussole.environments', { globalValue: { staging: { workflow: 7, colour: 'red', inputs: { version: 'tag', size: 'big' } } } });
    workspaceState.set('boussole.slack.events', { globalValue: { '*': ['start', 'lunch'] } });
    reader.read(undefined);
    const settings = reader.read(undefined);
    assert.deepEqual(settings.notifications, { staging: 'mine' });
    assert.deepEqual(settings.environments, { staging: { inputs: { version: 'tag' } } });
    assert.deepEqual(settings.slack.events, { '*': ['start'] });
    assert.deepEqual(warnings, [
      'The setting boussole.environments.staging.workflow must be text; its default is used.',
      'The setting boussole.environments.staging.inputs.size is not one of environment, version, expectedSha, expectedCurrent, reason, correlationId; its default is used.',
      'The setting boussole.environments.staging.colour is not known; its default is used.',
      'The setting boussole.notifications.production must be one of all, mine, failures, none; its default is used.',
      'The setting boussole.slack.events.* may hold start, waiting, progress, success, failure, cancelled; its default is used.',
    ]);
  });

  it('writes a channel into the user’s settings and keeps the others', async () => {
    workspaceState.set('boussole.slack.channels', { globalValue: { production: 'C1' } });
    await reader.setSlackChannel('*', 'C2');
    assert.deepEqual(reader.read(undefined).slack.channels, { production: 'C1', '*': 'C2' });
  });
});
