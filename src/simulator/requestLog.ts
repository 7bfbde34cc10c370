import type { Instant } from './world/model.ts';

/** One request as the simulated servers saw it. */
export interface LoggedRequest {
  readonly at: Instant;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** 0 when the connection was dropped. */
  readonly status: number;
  readonly resource: 'core' | 'graphql' | 'slack' | 'web';
  /** Points of the resource's budget. */
  readonly cost: number;
  /** Characters of the answer's body. */
  readonly bytes: number;
  /** Whether it carried `If-None-Match`. */
  readonly conditional: boolean;
  readonly requestId: string;
}
