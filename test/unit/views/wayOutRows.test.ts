import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DeployError, type DeployErrorKind } from '../../../src/core/deployError.ts';
import { text } from '../../../src/core/text.ts';
import { wayOutRows } from '../../../src/views/wayOutRows.ts';
import { repository } from '../../support/build.ts';
import { aReader, aState } from '../../support/screen.ts';

const { host } = repository;

function after(kind: DeployErrorKind, more: Parameters<typeof aState>[0] = {}): readonly (string | undefined)[] {
  const error = new DeployError(kind, 'No.', { actions: ['retry'] });
  const state = aState({ facts: undefined, connection: { kind: 'failed', error, asOf: undefined, retryAt: undefined }, ...more });
  return wayOutRows({ kind: 'ready' }, [state], aReader()).map(({ command }) => command);
}

describe('a view that has nothing to show but a reason', () => {
  it('offers what can be done about it', () => {
    assert.deepEqual(after('samlRequired'), ['boussole.signIn', 'boussole.useToken', 'boussole.refresh', 'boussole.showLog']);
    assert.deepEqual(after('offline'), ['boussole.refresh', 'boussole.showLog']);
  });

  it('offers to sign in again where the reason for being signed out stands', () => {
    const rows = wayOutRows({ kind: 'signedOut', host, reason: text('The sign-in was revoked.') }, [], aReader());
    assert.deepEqual(rows.map(({ label, command }) => [label, command]), [
      ['Sign In to GitHub', 'boussole.signIn'],
      ['Use a Token…', 'boussole.useToken'],
      ['Explore the Sample Team', 'boussole.exploreSample'],
    ]);
  });

  it('leaves the place to the welcome text where no message hides it, and to the last picture where there is one', () => {
    assert.deepEqual(wayOutRows({ kind: 'signedOut', host, reason: undefined }, [], aReader()), []);
    assert.deepEqual(wayOutRows({ kind: 'noFolder' }, [], aReader()), []);
    assert.deepEqual(after('offline', { facts: aState().facts }), []);
  });
});
