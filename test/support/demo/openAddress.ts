import { spawn } from 'node:child_process';

const openers: Readonly<Partial<Record<NodeJS.Platform, readonly string[]>>> = {
  darwin: ['open'],
  win32: ['cmd', '/c', 'start', ''],
};

/** Asks the system to show an address in the person's own browser; where it cannot, the printed address remains. */
export function openAddress(address: string): void {
  const [command = '', ...args] = openers[process.platform] ?? ['xdg-open'];
  spawn(command, [...args, process.platform === 'win32' ? address.replaceAll('&', '^&') : address], { stdio: 'ignore', detached: true })
    .on('error', () => console.error(`The browser could not be opened (${command} is missing); open the address above yourself.`))
    .unref();
}
