import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { projectRoot } from '../../test/support/projectRoot.ts';
import { execute, type Executed } from '../../test/support/pipeline/execute.ts';
import { type ReleaseFiles, writeRelease } from '../../test/support/pipeline/release.ts';
import { type Sshd, uploadOptions } from '../../test/support/pipeline/sshd.ts';

/** A release in both forms: as a folder with its manifest, and as the artifact that the job Verify leaves. */
export interface BuiltRelease {
  readonly folder: string;
  /** Where `fetched/release.tar` is, as in the job Ship. */
  readonly workspace: string;
  /** SHA-256 of release.tar, and of the folder's manifest. */
  readonly digest: string;
  readonly manifest: string;
}

export async function buildRelease(place: string, files: ReleaseFiles): Promise<BuiltRelease> {
  const [folder, workspace] = [join(place, 'tree'), join(place, 'workspace')];
  const manifest = writeRelease(folder, files);
  mkdirSync(join(workspace, 'fetched'), { recursive: true });
  const tar = join(workspace, 'fetched/release.tar');
  await succeed(execute('tar', ['--sort=name', '-cf', tar, '-C', folder, '.']));
  return { folder, workspace, manifest, digest: createHash('sha256').update(readFileSync(tar)).digest('hex') };
}

/** What anybody would do without us: rsync with the same options, then the checksums, both by the same ssh. */
export async function sendBare(sshd: Sshd, { folder }: BuiltRelease, target: string, ...more: string[]): Promise<void> {
  sshd.serveShell();
  mkdirSync(target, { recursive: true });
  await succeed(sshd.rsync(`${folder}/`, `${target}/`, [...uploadOptions, ...more]));
  await succeed(sshd.ssh(`cd '${target}' && sha256sum --quiet -c MANIFEST.sha256`));
}

/** The same work through the gate and by relctl: sent, checked against the manifest, sealed, switched to, older ones removed. `live` is empty before the first release. */
export async function uploadAndPublish(sshd: Sshd, base: string, { folder, manifest }: BuiltRelease, id: string, live: string): Promise<void> {
  sshd.serve(base);
  const basis = live === '' ? [] : [`--copy-dest=../../releases/${live}`];
  await succeed(sshd.rsync(`${folder}/`, `${id}/`, [...uploadOptions, ...basis]));
  await succeed(sshd.ssh(`relctl publish ${id} ${live || 'none'} manifest=${manifest} by=bench`));
}

/** A GitHub that knows of no hold, which the step "Publish" asks for; its address, and how to end it. */
export async function startGitHubWithoutHolds(): Promise<{ readonly url: string; readonly close: () => void }> {
  const server = createServer((_, reply) => reply.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}'));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

/** The whole steps "Upload" and "Publish" of the job Ship: they also check and unpack the artifact, and ask GitHub for a hold. */
export async function shipRelease(sshd: Sshd, gitHub: string, base: string, { workspace, digest }: BuiltRelease, id: string, live: string): Promise<void> {
  sshd.serve(base);
  const env = {
    PATH: process.env['PATH'], RUNNER_TEMP: workspace, GITHUB_API_URL: gitHub, GITHUB_REPOSITORY: 'atelier-nord/crm', GITHUB_RUN_ID: '17', GITHUB_RUN_ATTEMPT: '1', GITHUB_ACTOR: 'bench',
    ENVIRONMENT: 'production', TASK: 'deploy', SHA: '0'.repeat(40), VERSION: 'v1.0.0', DIGEST: digest, RELEASE_ID: id, LIVE: live,
    DEPLOY_HOST: '127.0.0.1', DEPLOY_PORT: String(sshd.port), DEPLOY_USER: sshd.destination.split('@')[0], DEPLOY_KNOWN_HOSTS: sshd.knownHosts, DEPLOY_SSH_KEY: sshd.key,
  };
  const step = (word: string, more: NodeJS.ProcessEnv = {}) => succeed(execute(join(projectRoot, 'pipeline/deploy/ship'), [word], { cwd: workspace, env: { ...env, ...more } }));
  const { manifest } = JSON.parse(await step('upload')) as { manifest: string };
  await step('publish', { MANIFEST: manifest });
}

async function succeed(running: Promise<Executed>): Promise<string> {
  const { code, stdout, stderr } = await running;
  if (code !== 0) throw new Error(`Ended with ${code}: ${stdout}${stderr}`);
  return stdout;
}
