import type { PipelineTemplate } from './pipelineTemplate.ts';
import { knownHostName, type ServerAddress } from './serverAddress.ts';

/** Where the server's programs stand; they belong to root. */
const programs = '/opt/boussole';

/**
 * The line of `authorized_keys` that lets a key do nothing but upload and ask for the named verbs. `publicKey` is an OpenSSH public
 * line (`ssh-ed25519 AAAA… comment`).
 */
export function authorizedKeysLine(publicKey: string, { base }: ServerAddress): string {
  return `restrict,command="${programs}/gate ${base}" ${publicKey}`;
}

/**
 * One script that prepares a server, to be run there as root, once or again: packages, the user, the programs, the folder of the
 * releases, which environment it belongs to, and the deploy key where it is known. It ends by saying the host key, for `DEPLOY_KNOWN_HOSTS`.
 */
export function serverScript(templates: readonly PipelineTemplate[], environment: string, server: ServerAddress, publicKey: string | undefined): string {
  const { user, base } = server;
  const files = templates.filter(({ path }) => path.startsWith('server/') && !path.endsWith('/.shellcheckrc'));
  if (files.length === 0) throw new Error('The server’s programs are missing.');
  return `${[
    '#!/usr/bin/env bash',
    `# Prepares this server for deploys to ${environment}. Run it as root; running it again changes nothing that is right already.`,
    'set -euo pipefail',
    '[[ $EUID -eq 0 ]] || { echo "Run this as root." >&2; exit 1; }',
    `environment='${environment}' user='${user}' base='${base}'`,
    '',
    '# What the programs need.',
    'if ! command -v rsync >/dev/null || ! command -v flock >/dev/null; then apt-get update && apt-get install --yes rsync util-linux; fi',
    'id "$user" >/dev/null 2>&1 || useradd --create-home --shell /bin/bash "$user"',
    '',
    '# Everything below belongs to root, so that the deploy key can run it and not change it.',
    `umask 022; mkdir -p ${programs}/lib`,
    ...files.flatMap(({ path, text }) => installed(`${programs}/${path.slice('server/'.length)}`, text)),
    '',
    '# The folder of the releases.',
    'group=$(id -gn "$user"); mkdir -p "$base"; chown "$user:$group" "$base"',
    `runuser -u "$user" -- ${programs}/relctl --base "$base" status >/dev/null`,
    'if [[ -s $base/.relctl/environment && $(<"$base/.relctl/environment") != "$environment" ]]; then',
    '  echo "$base belongs to $(<"$base/.relctl/environment") already: give $environment a folder of its own." >&2; exit 1',
    'fi',
    'printf \'%s\\n\' "$environment" >"$base/.relctl/environment"; chown "$user:$group" "$base/.relctl/environment"',
    ...(publicKey === undefined ? [] : authorized(authorizedKeysLine(publicKey, server))),
    '',
    'echo "Ready. Paste this line as the host key of $environment:"',
    `echo "${knownHostName(server)} $(cut -d' ' -f1,2 /etc/ssh/ssh_host_ed25519_key.pub)"`,
  ].join('\n')}\n`;
}

/** A file as a here-document whose end no line of it can be; renamed into place, for the one before may be running. */
function installed(path: string, text: string): readonly string[] {
  const end = 'END_OF_FILE';
  if (text.split('\n').includes(end)) throw new Error(`${path} holds the line that would end it.`);
  return [`cat >${path}.new <<'${end}'`, text.replace(/\n$/, ''), end, `chmod ${text.startsWith('#!') ? '0755' : '0644'} ${path}.new; mv -f ${path}.new ${path}`];
}

function authorized(line: string): readonly string[] {
  return [
    '',
    '# The deploy key: it can upload and switch releases, and nothing else.',
    'home=$(getent passwd "$user" | cut -d: -f6); keys=$home/.ssh/authorized_keys',
    'install -d -m 0700 -o "$user" -g "$group" "$home/.ssh"; touch "$keys"; chown "$user:$group" "$keys"; chmod 0600 "$keys"',
    `line='${line.replaceAll("'", String.raw`'\''`)}'`,
    'grep -qxF -- "$line" "$keys" || printf \'%s\\n\' "$line" >>"$keys"',
  ];
}
