/** The name of a file, from a path of any system. */

/** Without its folders. */
export function fileNameOf(path: string): string {
  return path.split(/[/\\]/).pop() ?? path;
}

/** Without its folders and its ending: what a model without a title is called. */
export function fileStemOf(path: string): string {
  return fileNameOf(path).replace(/\.[^.]*$/, "");
}
