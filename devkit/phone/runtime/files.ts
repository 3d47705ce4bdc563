/** Files this phone holds: chosen ones, pictures made by canvases, texts written by pages. */
const held = new Map<string, Blob>();

/** Keeps a blob and gives it a temporary path that pages can show, read and upload. */
export function holdFile(blob: Blob): string {
  const path = URL.createObjectURL(blob);
  held.set(path, blob);
  return path;
}

/** Keeps a blob under a path of the page's choosing, e.g. `wxfile://usr/rejects.csv`. */
export function writeFile(path: string, blob: Blob): void {
  held.set(path, blob);
}

/** The blob behind a path, or null when this phone never had it. */
export function fileAt(path: string): Blob | null {
  return held.get(path) ?? null;
}

export function removeFile(path: string): boolean {
  if (path.startsWith('blob:')) URL.revokeObjectURL(path);
  return held.delete(path);
}

/**
 * The address a picture's `src` has in the browser.
 *
 * @param folder directory of the component whose template names the picture
 * @example pictureUrl('../images/a.png', 'pages/home'); // → '/mp/pages/images/a.png'
 */
export function pictureUrl(src: string, folder: string): string {
  if (!src) return '';
  const own = held.get(src);
  if (own) return src.startsWith('blob:') ? src : URL.createObjectURL(own);
  if (/^[a-z][a-z0-9+.-]*:/i.test(src)) return src;
  return '/mp' + new URL(src, `http://x/${folder}/`).pathname;
}
