import type { TrainingConfiguration } from '../../main/contract/configuration.ts';
import { HyenaError } from '../../main/contract/errors.ts';
import { msg } from '../../main/contract/message.ts';
import type { LanguageModel } from '../models/language-model.ts';
import type { Learner } from './learner.ts';
import { ModelLearner } from './model-learner.ts';
import { TorchLearner } from './torch-learner.ts';

/**
 * What trains a model: its device, or the program of Python that the device trains with.
 *
 * @param check called between tensors that are made or loaded: throws where the job is to stop
 * @throws HyenaError `device` for a precision that the device lacks, or where its program does not start
 */
export async function openLearner(
  model: LanguageModel,
  training: TrainingConfiguration,
  check: () => void = () => undefined,
): Promise<Learner> {
  const { python, precisions, name } = model.device;
  if (python === undefined) return new ModelLearner(model, training, check);
  if (model.adapters !== null)
    throw new HyenaError('device', msg`Device '${name}' cannot train adapters.`, {
      hint: 'Use another device, or train all weights.',
    });
  if (!precisions.includes(training.precision))
    throw new HyenaError('device', msg`Device '${name}' does not support ${training.precision} precision.`, {
      hint: msg`Use ${precisions.join(' or ')}, or another device.`,
    });
  return TorchLearner.open(model, training, python);
}
