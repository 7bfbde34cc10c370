import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import type { StatusBarItem } from 'vscode';
import { DeployError } from '../../../src/core/deployError.ts';
import type { TrackedRun } from '../../../src/core/trackedRun.ts';
import { ContextKeyUpdates, contextKeys } from '../../../src/views/contextKeys.ts';
import { StatusBar } from '../../../src/views/statusBar.ts';
import { Toasts } from '../../../src/views/toasts.ts';
import { aRequest, aRun, aTarget, minutes } from '../../support/build.ts';
import { commands, resetVscode, window } from '../../support/fakeVscode.ts';
import { commandState } from '../../support/fakeVscode/commands.ts';
import { person } from '../../support/fakeVscode/script.ts';
import { windowState } from '../../support/fakeVscode/window.ts';
import { aLive, anEnvironment, aState } from '../../support/screen.ts';
import { ShownSession, ShownSessions } from '../../support/shownSession.ts';
import { VirtualClock } from '../../support/virtualClock.ts';

const environments = [anEnvironment({ target: aTarget(), history: [aLive('v1.4.2', '142')] })];
const seen = { runId: 700, attempt: 1, url: '', run: aRun({ id: 700, startedAt: minutes(119) }), jobs: [], pending: [] };
const running: TrackedRun = { key: 'k', request: aRequest(), phase: 'inProgress', seen };

const failed = (kind: 'offline' | 'tokenRejected') => aState({ connection: { kind: 'failed', error: new DeployError(kind, ''), asOf: undefined, retryAt: undefined } });

describe('the status bar item', () => {
  afterEach(resetVscode);

  it('ticks only while something moves and the window is focused', async () => {
    const clock = new VirtualClock(minutes(120));
    const shown = new ShownSession(clock, aState({ environments }));
    const item = window.createStatusBarItem('boussole.status');
    const bar = new StatusBar(item as unknown as StatusBarItem, new ShownSessions(shown), clock);
    assert.deepEqual([item.text, item.visible, item.command, clock.waiting], ['$(rocket) production v1.4.2', true, 'boussole.statusActions', 0]);
    shown.set({ tracked: [running] });
    assert.equal(item.text, '$(sync~spin) production v1.2.0 1m');
    await clock.advance(5_000);
    assert.equal(item.text, '$(sync~spin) production v1.2.0 1m 5s');
    windowState.setFocused(false);
    assert.equal(clock.waiting, 0);
    windowState.setFocused(true);
    assert.equal(clock.waiting, 1);
    shown.set({ tracked: [{ ...running, phase: 'waiting' }] });
    assert.equal(item.backgroundColor?.id, 'statusBarItem.warningBackground');
    shown.set({ tracked: [] });
    assert.deepEqual([item.backgroundColor, clock.waiting], [undefined, 0]);
    bar.dispose();
    assert.equal(item.visible, false);
  });

  it('hides while there is nothing to say', () => {
    const clock = new VirtualClock();
    const item = window.createStatusBarItem('boussole.status');
    const sessions = new ShownSessions(new ShownSession(clock, aState({ environments })));
    const bar = new StatusBar(item as unknown as StatusBarItem, sessions, clock);
    assert.equal(item.visible, true);
    sessions.change({ kind: 'noFolder' });
    assert.equal(item.visible, false);
    bar.dispose();
    assert.equal(sessions.listenerCount, 0);
  });
});

describe('notifications in the window', () => {
  afterEach(resetVscode);

  it('are shown once for each event and run the action that is pressed with its argument', async () => {
    const clock = new VirtualClock(minutes(120));
    const shown = new ShownSession(clock, aState({ environments, tracked: [running] }));
    const toasts = new Toasts(new ShownSessions(shown));
    let rolledBack: unknown;
    commands.registerCommand('boussole.rollBack', (argument) => void (rolledBack = argument));
    person.answers('Roll Back');
    shown.set({ tracked: [{ ...running, phase: 'completed', conclusion: 'failure', completedAt: minutes(120) }] });
    await clock.advance(0);
    assert.deepEqual(person.shown.map(({ kind, message }) => `${kind}: ${message}`), [
      'error: The deploy of v1.2.0 to production failed. v1.4.2 is the last one that succeeded.',
    ]);
    assert.deepEqual(rolledBack, { repositoryKey: 'github.com/lumen/crm', trackedKey: 'k', environment: 'production', runId: 700, url: '' });
    toasts.dispose();
    shown.set({ tracked: [running] });
    shown.set({ tracked: [{ ...running, phase: 'waiting' }] });
    assert.equal(person.shown.length, 1);
  });
});

describe('context keys', () => {
  afterEach(resetVscode);

  it('tell the window, the worst connection and what is there', () => {
    assert.deepEqual(contextKeys({ kind: 'noGit' }, []), {
      'boussole.window': 'noGit', 'boussole.connection': 'none', 'boussole.loaded': false, 'boussole.hasTargets': false, 'boussole.isEmpty': false,
      'boussole.runsFiltered': false,
    });
    assert.equal(contextKeys({ kind: 'ready' }, [failed('offline'), aState({ environments })])['boussole.connection'], 'offline');
    assert.equal(contextKeys({ kind: 'ready' }, [failed('offline'), failed('tokenRejected')])['boussole.connection'], 'signedOut');
  });

  it('are set only when they change', () => {
    const clock = new VirtualClock();
    const shown = new ShownSession(clock, aState());
    const updates = new ContextKeyUpdates(new ShownSessions(shown));
    const first = commandState.executed.length;
    assert.equal(commandState.contexts.get('boussole.hasTargets'), false);
    shown.set({ environments });
    assert.deepEqual(commandState.executed.slice(first), [{ id: 'setContext', args: ['boussole.hasTargets', true] }]);
    updates.dispose();
  });
});
