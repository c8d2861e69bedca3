/** Names of the IPC channels between the page's preload and the main process. */
export const channels = {
  /** Page to main: a page has loaded and listens; what an earlier one had joined is void. */
  open: 'hyena:open',
  /** Page to main: a message of the contract. */
  toHost: 'hyena:to-host',
  /** Main to page: a message of the contract. */
  fromHost: 'hyena:from-host',
  /** Page to main: one message was taken, so that a page that stands still is not flooded. */
  taken: 'hyena:taken',
  /** Page to main, answered: grants for the paths of dropped files. */
  grant: 'hyena:grant',
  /** Main to page: a command of the menu. */
  command: 'hyena:command',
  /** Main to page: grants for files that were chosen outside of the page. */
  files: 'hyena:files',
} as const;
