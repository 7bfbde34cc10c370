import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { DeployError } from '../../../src/core/deployError.ts';
import { filterWords, viewMessage } from '../../../src/views/viewMessage.ts';
import { windowMessage } from '../../../src/views/windowMessage.ts';
import { minutes, repository } from '../../support/build.ts';
import { aFacts, aReader, aState } from '../../support/screen.ts';

const said = (facts: Parameters<typeof aFacts>[0]) => viewMessage([aState({ facts: aFacts(facts) })], aReader());

describe('what stands above the rows', () => {
  it('is nothing when all is well', () => {
    assert.equal(viewMessage([aState()], aReader()), undefined);
    assert.equal(windowMessage({ kind: 'noFolder' }, aReader()), undefined);
  });

  it('says what other clones of the window wait for while some are shown', () => {
    const { host } = repository;
    assert.equal(windowMessage({ kind: 'ready' }, aReader()), undefined);
    assert.equal(
      windowMessage({ kind: 'ready', besides: [{ kind: 'signedOut', host, reason: undefined }] }, aReader()),
      'You are not signed in to github.com: what this window has from there is not shown.',
    );
    assert.equal(
      windowMessage({ kind: 'ready', besides: [{ kind: 'notOpened', repositories: ['lumen/site'] }] }, aReader()),
      'lumen/site could not be opened. “Refresh” tries again, and “Show Log” tells why.',
    );
    assert.equal(windowMessage({ kind: 'notOpened', repositories: ['lumen/site'] }, aReader()), undefined, 'the welcome text says it, with its buttons');
    assert.match(windowMessage({ kind: 'ready', besides: [{ kind: 'chooseRepository', candidates: [] }] }, aReader()) ?? '', /choose one with “Select Repository…”/);
  });

  it('names every hindrance: archived, empty, read only, unreadable workflows', () => {
    assert.equal(said({ isArchived: true, permission: 'read' }), 'The repository is archived: nothing can be deployed from it.');
    assert.equal(said({ isEmpty: true }), undefined, 'the welcome text says it, and a message would hide that');
    assert.match(viewMessage([aState({ facts: aFacts({ isEmpty: true }) }), aState({ repository: { ...repository, name: 'shop' } })], aReader()) ?? '', /crm: The repository has no commit yet\.$/);
    assert.equal(said({ permission: 'read' }), 'You may look but not deploy: that needs write access.');
    assert.equal(
      said({ unreadable: [{ path: '.github/workflows/deploy.yml', problem: 'bad\u202E indentation\nat line 3' }] }),
      'deploy.yml cannot be read: bad indentation at line 3',
    );
  });

  it('says when a limited connection is asked again, and of which repository it speaks', () => {
    const error = new DeployError('rateLimited', 'GitHub’s limit is used up.', { retryAt: minutes(140) });
    const limited = aState({ connection: { kind: 'failed', error, asOf: minutes(118), retryAt: minutes(140) } });
    const other = aState({ repository: { ...repository, name: 'shop' } });
    assert.equal(
      viewMessage([limited, other], aReader())?.replaceAll('\u202F', ' '),
      'lumen/crm: GitHub’s limit is used up. Shown as of 2m ago. Asked again at Sep 14, 2026, 11:20 AM.',
    );
  });

  it('says a filter in words and cleans what it holds', () => {
    assert.equal(
      filterWords({ environment: 'pro\u0000duction', workflow: '.github/workflows/deploy.yml', branch: 'main', status: 'timed_out', mine: true }, aReader()),
      'pro duction · deploy.yml · main · timed out · mine',
    );
    assert.equal(filterWords({ mine: false }, aReader()), '');
  });
});
