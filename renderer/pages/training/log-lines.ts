import { joinMessages } from '../../../main/contract/message.ts';
import type { OtherRunEvent } from '../../../main/contract/streams.ts';
import type { I18n } from '../../i18n/i18n.svelte.ts';
import { deviceName } from '../../i18n/device-name.ts';
import type { Tone } from '../../state/phases.ts';

type Score = Pick<Extract<OtherRunEvent, { type: 'evaluation' }>, 'loss' | 'perplexity' | 'bitsPerByte'>;

/** A line of the log for what a run told. */
export function describeEvent(event: OtherRunEvent, i18n: I18n): { text: string; tone: Tone } {
  const { t, format, localizeText } = i18n;
  switch (event.type) {
    case 'start':
      return {
        text: t(event.resumed ? 'log.resumed' : 'log.started', {
          device: deviceName(event.device, i18n),
          parameters: format.compact(event.parameters),
          reason: localizeText(event.deviceReason),
        }),
        tone: 'plain',
      };
    case 'evaluation': {
      const metricsOf = ({ loss, perplexity, bitsPerByte }: Score) => ({
        loss: format.fixed(loss, 4),
        perplexity: format.perplexity(perplexity),
        bits: format.fixed(bitsPerByte, 3),
      });
      const text = t(event.best ? 'log.best' : 'log.evaluation', metricsOf(event));
      const { answers } = event;
      const measured = answers
        ? t('log.evaluation.answers', {
            text,
            accuracy: format.percent(answers.accuracy),
            rows: format.percent(answers.rows),
          })
        : text;
      return {
        text: event.full ? `${measured}. ${t('log.evaluation.full', metricsOf(event.full))}` : measured,
        tone: event.best ? 'good' : 'plain',
      };
    }
    case 'checkpoint':
      return { text: t(event.best ? 'log.checkpoint.best' : 'log.checkpoint'), tone: 'plain' };
    case 'recovery':
      return {
        text: t(event.action === 'skipped' ? 'log.skipped' : 'log.rolledBack', {
          reason: localizeText(event.reason),
          step: format.count(event.toStep),
          scale: format.short(event.learningRateScale),
        }),
        tone: 'warn',
      };
    case 'notice':
      return { text: localizeText(event.message), tone: 'plain' };
    case 'sample':
      return { text: t('log.sample'), tone: 'plain' };
    case 'done':
      return { text: t(`log.done.${event.reason}`, { time: format.duration(event.seconds) }), tone: 'good' };
    case 'error': {
      const { message, kept, hint } = event;
      const sentences = [message, kept, hint].filter((sentence) => sentence !== undefined);
      return { text: localizeText(joinMessages(sentences)), tone: 'bad' };
    }
  }
}
