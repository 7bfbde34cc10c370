import assert from 'node:assert/strict';
import { knownHostName, readServerAddress, writtenAddress } from '../../../src/core/serverAddress.ts';

describe('readServerAddress', () => {
  it('reads what one would write for scp or ssh, and writes it back', () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ['deploy@www.example.com:/srv/crm', 'deploy@www.example.com:/srv/crm', 'www.example.com'],
      [' deploy@WWW.example.com/srv/crm/ ', 'deploy@www.example.com:/srv/crm', 'www.example.com'],
      ['web_1@10.0.0.7:2222/srv/crm-staging', 'web_1@10.0.0.7:2222/srv/crm-staging', '[10.0.0.7]:2222'],
      ['deploy@[2001:db8::1]:/srv/crm', 'deploy@[2001:db8::1]:/srv/crm', '2001:db8::1'],
      ['deploy@[2001:db8::1]:22/srv/crm', 'deploy@[2001:db8::1]:/srv/crm', '2001:db8::1'],
    ];
    for (const [written, again, name] of cases) {
      const read = readServerAddress(written);
      assert.ok('host' in read, written);
      assert.deepEqual([writtenAddress(read), knownHostName(read)], [again, name]);
    }
  });

  it('takes nothing that a shell, an ssh option or a forced command could read otherwise', () => {
    const refused = [
      '', 'www.example.com', 'deploy@www.example.com', 'root@www.example.com:/srv/crm', '-oProxyCommand=id@host:/srv/crm', 'deploy@-host:/srv/crm', 'deploy@ho$t:/srv/crm',
      'deploy@host:/', 'deploy@host:/srv', 'deploy@host:/srv/../etc', 'deploy@host:/srv/c rm', 'deploy@host:/srv/"crm', "deploy@host:/srv/c'rm", 'deploy@host:/srv/$(id)', 'deploy@host:/srv/a;b',
      'deploy@host:0/srv/crm', 'deploy@host:65536/srv/crm', 'Deploy@host:/srv/crm', 'deploy@host:/srv/crm\nx',
    ];
    assert.deepEqual(refused.filter((written) => 'host' in readServerAddress(written)), []);
  });
});
