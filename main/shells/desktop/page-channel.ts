import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import { z } from 'zod';
import { HyenaError } from '../../contract/errors.ts';
import { msg } from '../../contract/message.ts';
import type { Grant } from '../../contract/grants.ts';
import { openChannel, type Channel, type WindowHost } from '../../host/window/dispatcher.ts';
import { isOwnFrame } from './address.ts';
import { channels } from './channels.ts';
import { BackPressure } from './back-pressure.ts';

export interface PageChannelOptions {
  host: WindowHost;
  /** Grants what was dropped on the page. */
  grant: (paths: readonly string[]) => Promise<Grant[]>;
  report: (error: HyenaError) => void;
}

/** Messages on their way to a page at most. */
const mostOutstanding = 64;
const pathsSchema = z.array(z.string().min(1).max(32_768)).max(10_000);

/**
 * The main process's end of the talk with a page. Every message must come from the window's own page; it is then
 * checked against the contract by the dispatcher. What is for the page waits until it listens.
 */
export class PageChannel {
  readonly #contents: WebContents;
  readonly #options: PageChannelOptions;
  #channel: Channel | null = null;
  #flow = new BackPressure(mostOutstanding);
  #unsent: { channel: string; value: unknown }[] = [];

  constructor(contents: WebContents, options: PageChannelOptions) {
    this.#contents = contents;
    this.#options = options;
    const { ipc } = contents;
    ipc.on(channels.open, (event) => this.#checked(event) && this.#open());
    ipc.on(channels.toHost, (event, message: unknown) => this.#checked(event) && this.#channel?.receive(message));
    ipc.on(channels.taken, (event) => this.#checked(event) && this.#flow.received());
    ipc.handle(channels.grant, (event, paths: unknown) => {
      if (!this.#checked(event)) throw new Error('Refused.');
      return options.grant(pathsSchema.parse(paths)).catch((thrown: unknown) => {
        options.report(HyenaError.from(thrown));
        return [];
      });
    });
  }

  /** Asks the page to do what a menu entry says. */
  command(command: string): void {
    this.#send(channels.command, command);
  }

  /** Hands over files that were chosen outside of the page. */
  files(grants: readonly Grant[]): void {
    this.#send(channels.files, grants);
  }

  /** The page has gone: it crashed, or its window was closed. */
  close(): void {
    this.#channel?.close();
    this.#channel = null;
    this.#flow.end();
  }

  #open(): void {
    this.close();
    const flow = new BackPressure(mostOutstanding);
    this.#flow = flow;
    const send = async (message: unknown): Promise<void> => {
      if (this.#contents.isDestroyed()) return;
      this.#contents.send(channels.fromHost, message);
      await flow.sent();
    };
    this.#channel = openChannel(this.#options.host, send, this.#options.report);
    for (const { channel, value } of this.#unsent.splice(0)) this.#contents.send(channel, value);
  }

  #send(channel: string, value: unknown): void {
    if (this.#channel) this.#contents.send(channel, value);
    else this.#unsent.push({ channel, value });
  }

  #checked({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
    if (isOwnFrame(senderFrame)) return true;
    const from = senderFrame === null ? 'a closed page' : senderFrame.url;
    this.#options.report(new HyenaError('usage', msg`Blocked a message from ${from}.`));
    return false;
  }
}
