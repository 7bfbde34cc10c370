import { findTool } from '../../test/support/pipeline/tools.ts';

/** Throws where a program is missing that the pipeline is measured with, and says how to get it. */
export function pipelineTools(tools: readonly string[] = ['bash', 'flock', 'rsync', 'ssh', 'sshd']): void {
  const missing = process.platform === 'linux' ? tools.filter((tool) => !findTool(tool)) : ['Linux'];
  if (missing.length > 0) throw new Error(`Missing: ${missing.join(', ')}. On Debian: sudo apt-get install openssh-server rsync`);
}
