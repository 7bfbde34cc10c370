/** What the tests in the extension host are told by the environment: where the report goes, whether in colour, and which tests (`--grep`). */
export function hostTestEnvironment(report: string, args: readonly string[]): Record<string, string> {
  const grep = args[args.findIndex((each) => each === '--grep' || each === '-g') + 1];
  return {
    BOUSSOLE_HOST_TESTS_REPORT: report,
    ...(process.stdout.isTTY ? { BOUSSOLE_HOST_TESTS_COLOR: '1' } : {}),
    ...(args.length > 0 && grep ? { BOUSSOLE_HOST_TESTS_GREP: grep } : {}),
  };
}
