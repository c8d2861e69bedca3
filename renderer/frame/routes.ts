/** The pages of the window and their addresses within it: `#/training/swift-heron`. */
export const pages = [
  'welcome',
  'data',
  'model',
  'training',
  'runs',
  'models',
  'chat',
  'sequence',
  'lab',
  'devices',
  'settings',
] as const;
export type PageName = (typeof pages)[number];

export interface Route {
  page: PageName;
  /** A run or data set. */
  subject: string | null;
  query: Record<string, string>;
  /** Nothing was asked for: the first page of a library may be another. */
  landing?: true;
  /** The address that was asked for, where there is no such page. */
  unknown?: string;
}

const isPage = (name: string): name is PageName => (pages as readonly string[]).includes(name);

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** Reads an address; what it does not name is the fallback. */
export function parseRoute(hash: string, fallback: PageName): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const [page = '', subject] = path.split('/');
  if (!isPage(page)) {
    const nowhere = { page: fallback, subject: null, query: {} };
    return page === '' ? { ...nowhere, landing: true } : { ...nowhere, unknown: hash };
  }
  return {
    page,
    subject: subject === undefined || subject === '' ? null : decode(subject),
    query: Object.fromEntries(new URLSearchParams(search)),
  };
}

export function routeAddress(
  page: PageName,
  subject: string | null = null,
  query: Record<string, string> = {},
): string {
  const search = new URLSearchParams(query).toString();
  const path = subject === null ? page : `${page}/${encodeURIComponent(subject)}`;
  return `#/${path}${search === '' ? '' : `?${search}`}`;
}
