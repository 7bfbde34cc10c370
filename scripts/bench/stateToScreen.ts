import { isLive } from '../../src/core/transition.ts';
import { environmentRows } from '../../src/views/environmentRows.ts';
import { runRows } from '../../src/views/runRows.ts';
import type { Run } from '../../src/simulator/world/model.ts';
import { aReader, treeText } from '../../test/support/screen.ts';
import { deployRequest } from './deployRequests.ts';
import type { Figure } from './figure.ts';
import { latencyMs, virtualWindow } from './virtualWindow.ts';

const deploys = 8;
const leastChanges = 20;
/** Keeps the deploys and the looks out of step. */
const unevenMs = 1_300;
/** How precisely changes are timed. */
const graduationMs = 20;

/** How old the screen's picture of a followed deploy gets. */
export const stateToScreen: Figure = {
  name: 'state-to-screen',
  how: `the engine and its rows in plain Node, virtual time, scenario quiet, every state, job and step of ${deploys} deploys followed one after the other`,
  async measure() {
    const delays: number[] = [];
    const world = await virtualWindow('quiet', { focused: true, visible: true });
    const { clock, session, simulator } = world;
    // Elapsed times stand still here, so that what changes on screen is what was heard from GitHub.
    const reader = aReader({ now: clock.now() });
    const screen = () => treeText(runRows(session.store.state, reader)) + treeText(environmentRows(session.store.state, reader));
    let shown = screen();
    const redrawn: number[] = [];
    session.store.onDidChange(() => {
      if (screen() === shown) return;
      shown = screen();
      redrawn.push(clock.now());
    });
    for (let deploy = 0; deploy < deploys; deploy++) {
      // The looks and the deploys have no beat in common.
      await clock.advance(deploy * unevenMs);
      await clock.until(session.tracker.dispatch(deployRequest(session, 'staging')));
      const run = simulator.world.home.runs.at(-1);
      if (!run) throw new Error('The dispatch started no run.');
      const changes: number[] = [];
      let truth = wordsOf(run);
      while (session.store.state.tracked.some(isLive)) {
        await clock.advance(graduationMs);
        simulator.advance(0);
        if (wordsOf(run) === truth) continue;
        truth = wordsOf(run);
        changes.push(clock.now());
      }
      // This world keeps requests waiting and answers at once; half of that time is the way back, and is added.
      delays.push(...changes.map((at) => ((redrawn.find((time) => time >= at) ?? Number.NaN) + latencyMs / 2 - at) / 1000));
    }
    world.dispose();
    if (delays.length < leastChanges) throw new Error(`Only ${delays.length} changes were seen.`);
    return [
      { what: 'from GitHub to the screen, median', unit: 's', values: delays, counts: 'median', target: { atMost: 3 } },
      { what: 'from GitHub to the screen, worst', unit: 's', values: delays, counts: 'worst', target: { atMost: 6 } },
    ];
  },
};

/** All of a run that the views show. */
function wordsOf({ attempts }: Run): string {
  const jobs = attempts.at(-1)?.jobs ?? [];
  return JSON.stringify(
    jobs.map(({ status, conclusion, steps, deployment }) => [
      status, conclusion, steps.map((step) => [step.status, step.conclusion]), deployment?.statuses.at(-1)?.state,
    ]),
  );
}
