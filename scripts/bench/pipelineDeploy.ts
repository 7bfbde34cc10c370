import { join } from 'node:path';
import { startDeployServer } from '../../test/support/pipeline/deployServer.ts';
import { type Sshd, startSshd } from '../../test/support/pipeline/sshd.ts';
import { temporaryFolder } from '../../test/support/temporaryFolder.ts';
import { UndoList } from '../../test/support/undoList.ts';
import type { Figure, Reading } from './figure.ts';
import { pipelineTools } from './pipelineTools.ts';
import { nextReleaseTree, releaseTree } from './releaseTree.ts';
import { buildRelease, type BuiltRelease, sendBare, shipRelease, startGitHubWithoutHolds, uploadAndPublish } from './shipRelease.ts';

const files = 2_000;
const bytes = 50 * 1024 * 1024;
const rounds = 5;

/** What the pipeline costs beside sending the files and checking them. */
export const pipelineDeploy: Figure = {
  name: 'pipeline-deploy',
  how: `upload and publish of ${files.toLocaleString('en')} files, 50 MB, over sshd on loopback, in turns with bare rsync and sha256sum -c of the same tree`,
  async measure() {
    pipelineTools();
    const undo = new UndoList();
    try {
      const sshd = await startSshd();
      undo.add(() => sshd.dispose());
      const gitHub = await startGitHubWithoutHolds();
      undo.add(() => gitHub.close());
      const folder = await temporaryFolder('bench-release');
      undo.add(() => folder.dispose());
      const first = releaseTree(files, bytes);
      const releases: BuiltRelease[] = [];
      for (let number = 0; number <= rounds; number++) {
        releases.push(await buildRelease(join(folder.path, String(number)), number === 0 ? first : nextReleaseTree(first, number)));
      }
      return [...(await firstReleases(sshd, gitHub.url, releases)), ...(await nextReleases(sshd, gitHub.url, releases))];
    } finally {
      await undo.undo();
    }
  },
};

/** Each into a server that has nothing yet. */
async function firstReleases(sshd: Sshd, gitHub: string, releases: readonly BuiltRelease[]): Promise<readonly Reading[]> {
  const release = at(releases, 0);
  const taken = await inTurns(async (_, measure) => {
    const bare = await temporaryFolder('bench-bare');
    const servers = { ours: await startDeployServer('bench-server'), steps: await startDeployServer('bench-server') };
    await measure({
      bare: () => sendBare(sshd, release, join(bare.path, 'release')),
      ours: () => uploadAndPublish(sshd, servers.ours.base, release, 'v0', ''),
      steps: () => shipRelease(sshd, gitHub, servers.steps.base, release, 'v0', ''),
    });
    for (const each of [bare, servers.ours, servers.steps]) each.dispose();
  });
  return readings('a first release', taken, { atMost: 1.5 });
}

/** Each on top of the one before, with few changes; what is unchanged is taken from there. */
async function nextReleases(sshd: Sshd, gitHub: string, releases: readonly BuiltRelease[]): Promise<readonly Reading[]> {
  const bare = await temporaryFolder('bench-bare');
  const servers = { ours: await startDeployServer('bench-server'), steps: await startDeployServer('bench-server') };
  await sendBare(sshd, at(releases, 0), join(bare.path, 'v0'));
  await uploadAndPublish(sshd, servers.ours.base, at(releases, 0), 'v0', '');
  await shipRelease(sshd, gitHub, servers.steps.base, at(releases, 0), 'v0', '');
  const taken = await inTurns((round, measure) =>
    measure({
      bare: () => sendBare(sshd, at(releases, round), join(bare.path, `v${round}`), `--copy-dest=../v${round - 1}`),
      ours: () => uploadAndPublish(sshd, servers.ours.base, at(releases, round), `v${round}`, `v${round - 1}`),
      steps: () => shipRelease(sshd, gitHub, servers.steps.base, at(releases, round), `v${round}`, `v${round - 1}`),
    }),
  );
  for (const each of [bare, servers.ours, servers.steps]) each.dispose();
  return readings('a next release', taken);
}

function at(releases: readonly BuiltRelease[], number: number): BuiltRelease {
  const release = releases[number];
  if (!release) throw new Error(`There is no release ${number}.`);
  return release;
}

type Way = 'bare' | 'ours' | 'steps';
type Work = () => Promise<void>;
type Taken = Readonly<Record<Way, number[]>>;

/** Every round measures all three, and who comes first changes. */
async function inTurns(round: (number: number, measure: (work: Readonly<Record<Way, Work>>) => Promise<void>) => Promise<void>): Promise<Taken> {
  const taken: Taken = { bare: [], ours: [], steps: [] };
  const ways: readonly Way[] = ['bare', 'ours', 'steps'];
  for (let number = 1; number <= rounds; number++) {
    await round(number, async (work) => {
      for (let turn = 0; turn < ways.length; turn++) {
        const way = ways[(number + turn) % ways.length] as Way;
        taken[way].push(await timed(work[way]));
      }
    });
  }
  return taken;
}

/** What a deploy may cost is asked of whole releases; where little has changed, the bare way has hardly anything to do either. */
function readings(what: string, { bare, ours, steps }: Taken, stepsTarget?: { readonly atMost: number }): readonly Reading[] {
  const shown = { unit: 'ms', counts: 'median', target: undefined } as const;
  return [
    { ...shown, what: `${what}: bare rsync and sha256sum -c`, values: bare },
    { ...shown, what: `${what}: upload and publish`, values: ours },
    { what: `${what}: share of the bare time`, unit: '×', values: ours.map((ms, round) => ms / (bare[round] ?? Number.NaN)), counts: 'median', target: { atMost: 1.5 } },
    { ...shown, what: `${what}: the job's steps Upload and Publish, which also unpack the artifact`, values: steps },
    { what: `${what}: the steps' share of the bare time`, unit: '×', values: steps.map((ms, round) => ms / (bare[round] ?? Number.NaN)), counts: 'median', target: stepsTarget },
  ];
}

async function timed(work: Work): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
