import assert from 'node:assert/strict';
import type { Executed } from './execute.ts';

/** The JSON line that relctl answers with; the verbs have further keys. */
export interface Answer {
  readonly verb: string;
  readonly outcome: string;
  readonly code: number;
  readonly message: string;
  readonly [key: string]: unknown;
}

/** Reads an answer: exactly one line on stdout, and the exit code it names. */
export function toAnswer(executed: Executed): Answer {
  const lines = executed.stdout.split('\n').filter((line) => line !== '');
  assert.equal(lines.length, 1, `Not one line of answer:\n${executed.stdout}\n${executed.stderr}`);
  const answer = JSON.parse(lines[0] ?? '') as Answer;
  assert.equal(executed.code, answer.code, `The exit code is not the one in ${lines[0]}`);
  return answer;
}
