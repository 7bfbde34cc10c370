import assert from 'node:assert/strict';
import { redact } from '../../../src/host/redact.ts';

describe('redact', () => {
  const secrets = [
    ['a GitHub token', 'ghp_abcdefghijklmnopqrstuvwxyz0123456789'],
    ['a VS Code session', 'gho_16C7e42F292c6912E7710c838347Ae178B4a'],
    ['a fine-grained token', 'github_pat_11ABCDEFG0abcdefghijkl_mnopqrstuvwxyz'],
    ['a Slack bot token', 'xoxb-not-a-real-token-just-for-the-test'],
    ['a Slack webhook', 'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX'],
    ['a password in a remote', 'ana:hunter2@'],
  ] as const;
  for (const [what, secret] of secrets) {
    it(`takes ${what} out`, () => {
      const line = secret.endsWith('@') ? `fetching https://${secret}github.com/lumen/crm` : `failed with ${secret}, sorry`;
      assert.ok(!redact(line).includes(secret.replace('@', '')), redact(line));
      assert.match(redact(line), /\[secret\]/);
    });
  }

  it('takes the value of an Authorization header out', () => {
    assert.equal(redact('authorization: Bearer sim-token accept: */*'), 'authorization: [secret] accept: */*');
  });

  it('leaves what is no secret alone', () => {
    const line = 'GET /repos/lumen/crm/actions/runs 200 in 81 ms, 4998 left (https://github.com/lumen/crm@main)';
    assert.equal(redact(line), line);
  });
});
