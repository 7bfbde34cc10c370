import assert from 'node:assert/strict';
import sodium, { ready, to_string as toText } from 'libsodium-wrappers';
import { environmentKey } from '../../../src/simulator/world/environmentKey.ts';
import { refusalOf } from '../../support/gitHubRig.ts';
import { gitHubSetupRig, type GitHubSetupRig } from '../../support/gitHubSetupRig.ts';

/** What the owner of the environment's key reads of a secret. */
function opened({ simulator }: GitHubSetupRig, environment: string, name: string): string {
  const found = simulator.world.home.environments.find((one) => one.name === environment);
  assert.ok(found);
  const { publicKey, privateKey } = environmentKey(found);
  const sealed = Buffer.from(found.written.get(name)?.sealed ?? '', 'base64');
  return toText(sodium.crypto_box_seal_open(sealed, Buffer.from(publicKey, 'base64'), privateKey));
}

describe('secrets and variables, for Set Up', () => {
  before(() => ready);

  it('are listed by name, with when they were written, at each of the three places', async () => {
    const { setup, repository, simulator } = gitHubSetupRig();
    simulator.world.home.environments.find(({ name }) => name === 'production')?.secrets.splice(0, 9, 'DATABASE_URL', 'SSH_KEY');
    const names = async (place: Parameters<typeof setup.secrets>[1]) => (await setup.secrets(repository, place)).map(({ name }) => name);
    assert.deepEqual(await names({ environment: 'production' }), ['DATABASE_URL', 'SSH_KEY']);
    assert.deepEqual(await names('repository'), ['CRM_DEPLOY_KEY', 'SENTRY_DSN']);
    assert.deepEqual(await names('organization'), ['NPM_TOKEN']);
    assert.deepEqual((await setup.variables(repository, 'repository')).map(({ name, value }) => `${name}=${value}`), ['NODE_VERSION=24', 'REGION=eu-west-3']);
    assert.deepEqual(await setup.variables(repository, 'organization'), []);
  });

  it('are read to the last page, thirty variables at a time', async () => {
    const { setup, repository, simulator } = gitHubSetupRig();
    for (let index = 0; index < 64; index++) simulator.world.home.variables[`V${index}`] = 'x';
    assert.equal((await setup.variables(repository, 'repository')).length, 66);
  });

  it('store a secret sealed, which nobody but the owner of the key can read', async () => {
    const rig = gitHubSetupRig();
    const { setup, repository, write } = rig;
    const bodies: string[] = [];
    rig.between = async (request, pass) => {
      bodies.push(await request.clone().text());
      return pass();
    };
    const value = '-----BEGIN OPENSSH PRIVATE KEY-----\nno key — but “quoted”\n-----END OPENSSH PRIVATE KEY-----\n';
    await write(setup.putSecret(repository, 'production', 'DEPLOY_SSH_KEY', value));
    assert.equal(opened(rig, 'production', 'DEPLOY_SSH_KEY'), value);
    assert.ok((await setup.secrets(repository, { environment: 'production' })).some(({ name }) => name === 'DEPLOY_SSH_KEY'));
    const said = [...bodies, ...rig.logged].join('\n');
    assert.ok(said.includes('DEPLOY_SSH_KEY') && !said.includes('OPENSSH') && !said.includes(Buffer.from(value).toString('base64').slice(0, 20)));
  });

  it('send nothing when the key to seal for is none', async () => {
    const rig = gitHubSetupRig();
    rig.between = async (request, pass) => (request.url.endsWith('/public-key') ? Response.json({ key_id: '1', key: Buffer.alloc(32).toString('base64') }) : pass());
    const error = await refusalOf(rig.write(rig.setup.putSecret(rig.repository, 'production', 'A', 'hush')));
    assert.deepEqual([error.kind, rig.requests().filter((line) => line.startsWith('PUT'))], ['malformedAnswer', []]);
  });

  it('show that a secret was written again', async () => {
    const rig = gitHubSetupRig();
    const { setup, repository, write, clock } = rig;
    const place = { environment: 'staging' };
    const at = async () => (await setup.secrets(repository, place)).find(({ name }) => name === 'SSH_KEY')?.updatedAt ?? 0;
    await write(setup.putSecret(repository, 'staging', 'SSH_KEY', 'one'));
    const before = await at();
    await clock.advance(60_000);
    await write(setup.putSecret(repository, 'staging', 'SSH_KEY', 'two'));
    assert.ok((await at()) > before);
    assert.equal(opened(rig, 'staging', 'SSH_KEY'), 'two');
  });

  it('create a variable, change it, and leave it alone when it is as it shall be', async () => {
    const rig = gitHubSetupRig();
    const { setup, repository, write } = rig;
    for (const value of ['one.example.com', 'two.example.com', 'two.example.com']) await write(setup.putVariable(repository, 'staging', 'release_host', value));
    assert.deepEqual(rig.requests().filter((line) => !line.startsWith('GET')), [
      'POST /environments/staging/variables 201', 'PATCH /environments/staging/variables/RELEASE_HOST 204',
    ]);
    assert.equal((await setup.variables(repository, { environment: 'staging' })).find(({ name }) => name === 'RELEASE_HOST')?.value, 'two.example.com');
  });

  it('change a variable that somebody else created in between', async () => {
    const rig = gitHubSetupRig();
    const staging = rig.simulator.world.home.environments.find(({ name }) => name === 'staging');
    assert.ok(staging);
    rig.between = (request, pass) => {
      if (request.method === 'POST') staging.variables['RELEASE_HOST'] ??= 'theirs';
      return pass();
    };
    await rig.write(rig.setup.putVariable(rig.repository, 'staging', 'RELEASE_HOST', 'ours'));
    assert.equal(staging.variables['RELEASE_HOST'], 'ours');
  });

  it('are an admin’s to write', async () => {
    const { setup, repository, write } = gitHubSetupRig({ token: 'sim-token' });
    assert.equal((await refusalOf(write(setup.putSecret(repository, 'production', 'A', 'b')))).kind, 'forbidden');
    assert.equal((await refusalOf(write(setup.putVariable(repository, 'production', 'A', 'b')))).kind, 'forbidden');
  });

  it('of an environment that does not exist are not found, rather than none', async () => {
    const { setup, repository } = gitHubSetupRig();
    assert.equal((await refusalOf(setup.secrets(repository, { environment: 'nowhere' }))).kind, 'notFound');
  });
});
