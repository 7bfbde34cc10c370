/** Made while bundling: loads every host test file. */
declare module 'host-test-files' {
  export function loadTestFiles(): void;
}
