/** Files that systems and programs leave in folders, which nobody wrote or means to read. */
const files =
  /^(?:\.ds_store|\._.*|\.localized|\.directory|\.trashes|\.spotlight-.*|\.fseventsd|thumbs\.db(?::encryptable)?|ehthumbs(?:_vista)?\.db|desktop\.ini|folder\.htt|icon\r|~\$.*|\.~lock\..*#)$/i;

/** Whether a path, with slashes, names such a file, or one in a folder of them. */
export function isClutter(path: string): boolean {
  const parts = path.split('/');
  return files.test(parts.at(-1)!) || parts.includes('__MACOSX');
}

/** Folders of installed or generated files that nobody means by 'this folder of text'. */
export const ignoredFolders: ReadonlySet<string> = new Set(['node_modules', '__pycache__']);

/** Whether a path names a hidden file, or one in a hidden folder. */
export const isHidden = (path: string): boolean => path.split('/').some((part) => /^\.(?!\.?$)/.test(part));
