import type { App, Protocol, Session, WebContents } from 'electron';
import { HyenaError } from '../../contract/errors.ts';
import { msg, type Message } from '../../contract/message.ts';
import { isOwnAddress, scheme } from './address.ts';
import { servePage } from './serve-page.ts';

type Report = (error: HyenaError) => void;

/** Before the app is ready: every page in a sandbox, the window's own scheme, and no name of another machine. */
export function prepareApp(app: App, protocol: Protocol): void {
  app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  // Nothing is ever looked for elsewhere, whatever a part of Chromium may want.
  app.commandLine.appendSwitch('host-resolver-rules', 'MAP * ~NOTFOUND');
  app.commandLine.appendSwitch('disable-background-networking');
}

/** What a page of the window may load: its own files, and what it made itself. */
const isLocal = (address: string): boolean =>
  isOwnAddress(address) || /^(blob|data|devtools|chrome-devtools):/.test(address);

/** Once the app is ready: the page's files, no permissions, no connections. */
export function lockSession(session: Session, files: string, report: Report): void {
  session.protocol.handle(scheme, (request) => servePage(files, request));
  session.setPermissionRequestHandler((_contents, permission, answer) => {
    report(new HyenaError('usage', msg`Blocked a page's request for permission: ${permission}.`));
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((details, answer) => {
    const cancel = !isLocal(details.url);
    if (cancel) report(new HyenaError('usage', msg`Blocked a page's request to ${details.url}.`));
    answer({ cancel });
  });
  session.setSpellCheckerEnabled(false);
}

/** No page leads elsewhere, opens another, or holds one. */
export function lockContents(contents: WebContents, report: Report): void {
  const refuse = (message: Message) => report(new HyenaError('usage', message));
  const stay = (event: { preventDefault: () => void; url: string }): void => {
    if (isOwnAddress(event.url)) return;
    event.preventDefault();
    refuse(msg`Blocked a page's navigation to ${event.url}.`);
  };
  contents.on('will-navigate', stay);
  contents.on('will-redirect', stay);
  contents.on('will-frame-navigate', stay);
  contents.setWindowOpenHandler(({ url }) => {
    refuse(msg`Blocked a page from opening ${url}.`);
    return { action: 'deny' };
  });
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
    refuse(msg`Blocked a page from embedding another page.`);
  });
}
