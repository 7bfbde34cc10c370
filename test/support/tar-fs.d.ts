/** The one function of `tar-fs` that is used here; the package ships no types. */
declare module 'tar-fs' {
  interface Header {
    name: string;
  }
  export function extract(
    folder: string,
    options?: { map?: (header: Header) => Header; ignore?: (path: string, header?: Header) => boolean },
  ): NodeJS.WritableStream;
}
