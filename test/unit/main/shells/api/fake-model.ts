import type { ServingEvent, ServingRequest } from '../../../../../main/contract/serving.ts';
import { toMessage } from '../../../../../main/contract/message.ts';
import type { StartJob } from '../../../../../main/workers/start-job.ts';

/** A stand-in for the compute process: says its prompt backwards, a letter a piece, until it is stopped. */
export function echoing(): {
  startJob: StartJob;
  asked: ServingRequest[];
  starts: number;
  crash: () => void;
  sent: number;
} {
  const requested: ServingRequest[] = [];
  const state = {
    asked: requested,
    starts: 0,
    sent: 0,
    crash: () => undefined as void,
    startJob: null as unknown as StartJob,
  };
  state.startJob = (_job, onEvent) => {
    state.starts++;
    let end: (value: unknown) => void = () => undefined;
    let fail: (error: unknown) => void = () => undefined;
    const result = new Promise((resolve, reject) => ([end, fail] = [resolve, reject]));
    state.crash = () => fail(new Error('The compute process crashed.'));
    const emit = (event: ServingEvent) => onEvent(event);
    queueMicrotask(() =>
      emit({
        type: 'ready',
        device: 'stand-in',
        step: 1,
        context: 64,
        vocabulary: 256,
        kind: 'text',
        template: 'plain',
      }),
    );
    const tell = (message: unknown) => {
      const request = message as ServingRequest;
      requested.push(request);
      if (request.type !== 'complete') return;
      const { id, prompt, sampling, logprobs, echo, generate } = request;
      const refuse = (refusal: 'too-long' | 'unknown-token', message: string) =>
        emit({ type: 'failed', id, refusal, error: { code: 'bad-input', message: toMessage(message) } });
      if (prompt === 'long') return refuse('too-long', 'It does not fit.');
      if (Array.isArray(prompt) && prompt.some((one) => one > 255))
        return refuse('unknown-token', 'Token 999 is unknown.');
      if (prompt === 'break')
        return emit({ type: 'failed', id, error: { code: 'internal', message: toMessage(broken) } });
      emit({ type: 'accepted', id, promptTokens: 3 });
      if (prompt === 'hang') return;
      if (prompt === 'flood') return flood(id, emit, state);
      const given = typeof prompt === 'object' && 'turns' in prompt ? prompt.turns.at(-1)!.content : String(prompt);
      const text = given.split('').reverse().slice(0, sampling.max_tokens).join('');
      if (echo)
        emit({
          ...{ type: 'echo', id, text: given },
          tokens: (logprobs === null ? [] : given.split('')).map((letter, index) => ({
            ...{ token: letter, bytes: [...Buffer.from(letter)], width: 1 },
            ...(index === 0 ? { logprob: null, top: null } : { logprob: -index, top: [] }),
          })),
        });
      if (!generate) {
        const answers = [{ text: '', tokens: 0, reason: 'length' as const }];
        return emit({ type: 'finished', id, answers, promptTokens: given.length, cachedTokens: 0 });
      }
      for (let answer = 0; answer < sampling.n; answer++)
        for (const letter of text) {
          const token = { token: letter, bytes: [...Buffer.from(letter)], logprob: -0.5 };
          emit({
            type: 'piece',
            id,
            answer,
            text: letter,
            tokens: logprobs === null ? [] : [{ ...token, top: [token], width: 1 }],
          });
        }
      const reason = text.length < sampling.max_tokens ? 'end' : 'length';
      const answers = Array.from({ length: sampling.n }, () => ({ text, tokens: text.length, reason }) as const);
      emit({ type: 'finished', id, answers, promptTokens: given.length, cachedTokens: 1 });
    };
    return { pid: 1, result, stop: () => end(null), send: tell };
  };
  return state;
}

/** What no client may see. */
const broken = "ENOENT: no such file, open '/home/ada/secret library/runs/little/model.safetensors'";

/** Pieces without end, until somebody says that nobody waits. */
function flood(
  id: string,
  emit: (event: ServingEvent) => void,
  state: { asked: ServingRequest[]; sent: number },
): void {
  const text = 'x'.repeat(64 * 1024);
  const timer = setInterval(() => {
    const over = state.asked.some((request) => request.type === 'cancel' && request.id === id);
    if (over) return clearInterval(timer);
    state.sent += text.length;
    emit({ type: 'piece', id, answer: 0, text, tokens: [] });
  }, 1);
}
