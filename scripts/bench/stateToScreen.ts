import { isLive } from '../../src/core/transition.ts';
import { environmentRows } from '../../src/views/environmentRows.ts';
import { runRows } from '../../src/views/runRows.ts';
import type { Run } from '../../src/simulator/world/model.ts';
import { aReader, treeText } from '../../test/support/screen.ts';
import { deployRequest } from './deployRequests.ts';
import type { Figure } from './figure.ts';
import { latencyMs, seeded, virtualSession } from './virtualSession.ts';

const deploys = 8;
const leastChanges = 20;
/** How precisely changes are timed. */
const graduationMs = 20;

/** How old the screen's picture of a followed deploy gets. */
export const stateToScreen: Figure = {
  name: 'state-to-screen',
  how: `the engine and its rows in plain Node, virtual time, scenario quiet, every state, job and step of ${deploys} deploys followed one after the other`,
  async measure() {
    const delays: number[] = [];
    const random = seeded(7);
    const { session, simulator, advance, clock, until, dispose } = await virtualSession('quiet', { focused: true, visible: true });
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
      await advance(Math.round((random() * 10_000) / graduationMs) * graduationMs);
      await until(session.tracker.dispatch(deployRequest(session, 'staging')));
      const run = simulator.world.home.runs.at(-1);
      if (!run) throw new Error('The dispatch started no run.');
      await advance(latencyMs);
      const changes: number[] = [];
      let truth = wordsOf(run);
      while (session.store.state.tracked.some(isLive)) {
        await advance(graduationMs);
        simulator.advance(0);
        if (wordsOf(run) === truth) continue;
        truth = wordsOf(run);
        changes.push(clock.now());
      }
      // An answer shows the state of when it was given: what is drawn sooner than the way back takes cannot be the change.
      delays.push(...changes.map((at) => ((redrawn.find((time) => time - latencyMs >= at) ?? Number.NaN) - at) / 1000));
    }
    dispose();
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
