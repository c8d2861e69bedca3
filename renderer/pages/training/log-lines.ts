import { textsOf } from '../../../main/contract/errors.ts';
import { textOf, toldTogether } from '../../../main/contract/told.ts';
import type { OtherRunEvent } from '../../../main/contract/streams.ts';
import type { I18n } from '../../i18n/i18n.svelte.ts';
import type { Tone } from '../../state/phases.ts';

type Score = Pick<Extract<OtherRunEvent, { type: 'evaluation' }>, 'loss' | 'perplexity' | 'bitsPerByte'>;

/** A line of the log for what a run told. */
export function describeEvent(event: OtherRunEvent, { t, format, toldText }: I18n): { text: string; tone: Tone } {
  switch (event.type) {
    case 'start':
      return {
        text: t(event.resumed ? 'log.resumed' : 'log.started', {
          device: event.device,
          parameters: format.compact(event.parameters),
          reason: toldText(event.deviceTold ?? event.deviceReason),
        }),
        tone: 'plain',
      };
    case 'evaluation': {
      const figures = ({ loss, perplexity, bitsPerByte }: Score) => ({
        loss: format.fixed(loss, 4),
        perplexity: format.perplexity(perplexity),
        bits: format.fixed(bitsPerByte, 3),
      });
      const text = t(event.best ? 'log.best' : 'log.evaluation', figures(event));
      return {
        text: event.full ? `${text}. ${t('log.evaluation.full', figures(event.full))}` : text,
        tone: event.best ? 'good' : 'plain',
      };
    }
    case 'checkpoint':
      return { text: t(event.best ? 'log.checkpoint.best' : 'log.checkpoint'), tone: 'plain' };
    case 'recovery':
      return {
        text: t(event.action === 'skipped' ? 'log.skipped' : 'log.rolledBack', {
          reason: toldText(event.told ?? event.reason),
          step: format.count(event.toStep),
          scale: format.short(event.learningRateScale),
        }),
        tone: 'warn',
      };
    case 'notice':
      return { text: toldText(textOf(event)), tone: 'plain' };
    case 'sample':
      return { text: t('log.sample'), tone: 'plain' };
    case 'done':
      return { text: t(`log.done.${event.reason}`, { time: format.duration(event.seconds) }), tone: 'good' };
    case 'error': {
      const { message, kept, hint } = textsOf(event);
      const sentences = [message, kept, hint].filter((sentence) => sentence !== undefined);
      return { text: toldText(toldTogether(sentences)), tone: 'bad' };
    }
  }
}
