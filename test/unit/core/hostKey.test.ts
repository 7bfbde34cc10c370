import assert from 'node:assert/strict';
import { problemWithKnownHosts, readHostKeys } from '../../../src/core/hostKey.ts';

const server = { host: 'www.example.com', port: 22 };
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl';
const said = (pasted: string, at = server) => {
  const read = readHostKeys(pasted, at);
  return typeof read === 'string' ? read : `refused: ${read.message}`;
};

describe('readHostKeys', () => {
  it('makes a line of known_hosts from the server’s own file, whatever its comment', () => {
    assert.equal(said(`${key} root@www\r\n`), `www.example.com ${key}`);
    assert.equal(said(key, { host: 'www.example.com', port: 2222 }), `[www.example.com]:2222 ${key}`);
  });

  it('takes a line of known_hosts for this server, and no other', () => {
    assert.equal(said(`www.example.com,10.0.0.7 ${key}`), `www.example.com ${key}`);
    assert.match(said(`staging.example.com ${key}`), /^refused: This line is for/);
    assert.match(said(`www.example.com ${key}`, { host: 'www.example.com', port: 2222 }), /^refused: This line is for/);
  });

  it('refuses what was asked for over the network, is cut, or is a private key', () => {
    assert.match(said(`# www.example.com:22 SSH-2.0-OpenSSH_9.2p1\nwww.example.com ${key}`), /ssh-keyscan/);
    assert.match(said(key.slice(0, -4)), /cut or damaged/);
    assert.match(said(key.slice(0, -5)), /cut or damaged/);
    assert.match(said(key.replace('ssh-ed25519', 'ssh-rsa')), /cut or damaged/);
    assert.match(said('-----BEGIN OPENSSH PRIVATE KEY-----'), /private key/);
    assert.match(said('SHA256:abc'), /A host key is a line/);
    assert.match(said('  \n'), /Paste the line/);
  });
});

describe('problemWithKnownHosts', () => {
  it('wants a whole key for this server, and leaves hashed names to ssh', () => {
    assert.equal(problemWithKnownHosts(`# old\nother.example.com ${key}\nwww.example.com ${key}`, server), undefined);
    assert.equal(problemWithKnownHosts(`|1|c2FsdA==|aGFzaA== ${key}`, server), undefined);
    assert.match(problemWithKnownHosts(`other.example.com ${key}`, server)?.message ?? '', /names no/);
    assert.match(problemWithKnownHosts(`www.example.com ${key.slice(0, -4)}`, server)?.message ?? '', /cut or damaged/);
  });
});
