import { startDeployServer } from '../../test/support/pipeline/deployServer.ts';
import type { Figure } from './figure.ts';
import { pipelineTools } from './pipelineTools.ts';

const switches = 60;

/** How long the server is between two releases: from before the new link is made to after the rename. */
export const pipelineSwitch: Figure = {
  name: 'pipeline-switch',
  how: `relctl's own clock over ${switches} switches between two releases (rollbacks, there and back)`,
  async measure() {
    pipelineTools(['bash', 'flock']);
    const server = await startDeployServer('bench-server');
    try {
      await server.publish('v1', 'none');
      await server.publish('v2', 'v1');
      const switchMs: number[] = [];
      const wholeMs: number[] = [];
      for (let number = 0; number < switches; number++) {
        const start = performance.now();
        const answer = await server.relctl('rollback', number % 2 === 0 ? 'v1' : 'v2');
        wholeMs.push(performance.now() - start);
        if (answer.outcome !== 'rolled_back') throw new Error(answer.message);
        switchMs.push(Number(answer['switch_us']) / 1000);
      }
      return [
        { what: 'the switch', unit: 'ms', values: switchMs, counts: 'median', target: { atMost: 50 } },
        { what: 'the whole rollback on the server', unit: 'ms', values: wholeMs, counts: 'median', target: undefined },
      ];
    } finally {
      server.dispose();
    }
  },
};
