import assert from 'node:assert/strict';
import { DeployError } from '../../../src/core/deployError.ts';
import { OutputLog } from '../../../src/host/outputLog.ts';
import { resetVscode } from '../../support/fakeVscode.ts';
import { windowState } from '../../support/fakeVscode/window.ts';

const lines = () => windowState.channels[0]?.lines.join('\n') ?? '';

describe('the log channel', () => {
  let log: OutputLog;

  beforeEach(() => {
    resetVscode();
    log = new OutputLog();
  });
  afterEach(() => log.dispose());

  it('keeps tokens and webhooks out of every level', () => {
    const secret = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789';
    const webhook = 'https://hooks.slack.com/triggers/T00000000/12345/abcdef';
    log.info(secret);
    log.debug(secret);
    log.warn(webhook);
    log.error('It failed.', new Error(`with ${secret}`, { cause: new Error(webhook) }));
    assert.ok(!lines().includes('abcdef'), lines());
    assert.equal(lines().match(/\[secret\]/g)?.length, 5);
  });

  it('tells an error with its facts, but not what GitHub quotes of the inputs', () => {
    log.error('A command could not be carried out.', new DeployError('inputRejected', 'GitHub refused the inputs of {workflow}: {reason}', {
      values: { workflow: 'deploy.yml', reason: "Provided value 'hunter2' for input 'password' not in the list" }, detail: '422 inputs password',
    }));
    assert.equal(lines(), '[error] A command could not be carried out.\ninputRejected: GitHub refused the inputs of deploy.yml: … (422 inputs password)');
  });
});
