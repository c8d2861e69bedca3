import { isRequestName, requests, type RequestHandlers } from '../../main/contract/requests.ts';
import { isStreamName, streams, type StreamHandlers } from '../../main/contract/streams.ts';
import type { FromHost } from '../../main/contract/wire.ts';
import type { WindowHost } from '../../main/host/window/dispatcher.ts';

/** A message of a host that fits the contract. @param name request or stream that it belongs to @throws where it does not fit */
export function checkMessage(message: FromHost, name = ''): FromHost {
  if (message.type === 'reply' && isRequestName(name)) check(requests[name].result, name, message.result);
  if (message.type === 'event' && isStreamName(name)) check(streams[name].event, name, message.event);
  return message;
}

/**
 * The host with all that it answers and streams checked against the contract as it travels, in JSON. The window does not
 * check it, so the tests of the window do.
 */
export function checkedHost(host: WindowHost): WindowHost {
  const checkedRequests = Object.entries(host.requests).map(([name, answer]) => [
    name,
    async (params: never) => {
      const result: unknown = await answer(params);
      if (isRequestName(name)) check(requests[name].result, name, result);
      return result;
    },
  ]);
  const checkedStreams = Object.entries(host.streams).map(([name, follow]) => [
    name,
    async function* (params: never, signal: AbortSignal) {
      for await (const event of follow(params, signal)) {
        if (isStreamName(name)) check(streams[name].event, name, event);
        yield event;
      }
    },
  ]);
  return {
    requests: Object.fromEntries(checkedRequests) as RequestHandlers,
    streams: Object.fromEntries(checkedStreams) as StreamHandlers,
  };
}

interface Schema {
  safeParse(value: unknown): { success: boolean; error?: Error | undefined };
}

function check(schema: Schema, name: string, value: unknown): void {
  const { success, error } = schema.safeParse(value === undefined ? value : JSON.parse(JSON.stringify(value)));
  if (!success) throw new Error(`What the host sent for ${name} does not fit the contract: ${error?.message}`);
}
