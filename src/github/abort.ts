/** What an aborted call throws, whatever reason its signal carries. */
export function abortError(): DOMException {
  return new DOMException('The call was aborted.', 'AbortError');
}
