import assert from 'node:assert/strict';
import type { RepositorySession } from '../../../src/app/repositorySession.ts';
import { localSession } from '../../../src/composition/localSession.ts';
import type { RepositoryId } from '../../../src/core/repositoryId.ts';
import { repository } from '../../support/build.ts';

const session = (of: RepositoryId) => ({ repository: of }) as RepositorySession;
const clone = (root: string, ...of: readonly RepositoryId[]) => ({ root, candidates: of.map((one) => ({ remote: 'origin', repository: one })), strangers: [] });
const site = { ...repository, name: 'site' };
const crm = session(repository);

describe('the session of a local file', () => {
  it('is that of the clone around it', () => {
    const window = { candidates: [clone('/p/crm', repository), clone('/p/crm/vendor/site', site)], all: [session(site), crm] };
    assert.equal(localSession(window, '/p/crm/.github/workflows/deploy.yml'), crm);
    assert.equal(localSession(window, '/p/crm/vendor/site/.github/workflows/deploy.yml')?.repository.name, 'site');
    assert.equal(localSession(window, '/p/crm-old/.github/workflows/deploy.yml'), undefined);
    assert.equal(localSession({ ...window, all: [session(site)] }, '/p/crm/.github/workflows/deploy.yml'), undefined);
  });

  it('is the upstream’s for a fork', () => {
    const fork = { ...repository, owner: 'camille' };
    assert.equal(localSession({ candidates: [clone('/p/crm', fork)], all: [crm] }, '/p/crm/.github/workflows/deploy.yml'), crm);
  });

  it('is not the sample team’s', () => {
    const sample = session({ ...repository, host: { ...repository.host, authority: 'sample-team.invalid' } });
    assert.equal(localSession({ candidates: [clone('/p/crm', repository)], all: [sample] }, '/p/crm/.github/workflows/deploy.yml'), undefined);
  });

  it('is found on Windows', () => {
    assert.equal(localSession({ candidates: [clone('C:\\p\\crm', repository)], all: [crm] }, '/c:/p/crm/.github/workflows/deploy.yml'), crm);
  });
});
