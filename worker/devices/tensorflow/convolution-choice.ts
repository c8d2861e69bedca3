import * as tf from '@tensorflow/tfjs-core';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

/** Channels, batch, length and taps. */
export type ConvolutionShape = readonly [channels: number, batch: number, length: number, taps: number];
type Form = 'fft' | 'monarch';
export type Forms = Record<Form, (inputs: tf.Tensor[]) => tf.Tensor[]>;

/** Below, either form takes less time than asking. */
const worthMeasuring = 1 << 18;
/** The matrix form has to win clearly: two runs must not decide differently by chance. */
const clearly = 0.8;
const repetitions = 3;

const choicesSchema = z.record(z.string(), z.enum(['fft', 'monarch']));

let choices: Record<string, Form> = {};
let file: string | null = null;
let machine = '';

/**
 * Reads what was measured before.
 *
 * @param folder where it is remembered, so that a run that continues later computes the same bits
 * @param computer processor or card and version of TensorFlow: measurements of others do not count
 */
export function rememberConvolutions(folder: string, computer: string): void {
  file = path.join(folder, 'convolutions.json');
  machine = computer;
  try {
    choices = choicesSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    choices = {};
  }
}

/** The form that is faster for convolutions of this shape, measured at its first use. */
export function fasterConvolution(shape: ConvolutionShape, forms: Forms): Form {
  const [channels, batch, length] = shape;
  if (channels * batch * length < worthMeasuring) return 'fft';
  const key = `${machine} ${shape.join('x')}`;
  return (choices[key] ??= remember(key, measured(shape, forms)));
}

function remember(key: string, form: Form): Form {
  try {
    if (file !== null) writeFileSync(file, JSON.stringify({ ...choices, [key]: form }, null, 2));
  } catch {
    // It is measured again the next time.
  }
  return form;
}

function measured([channels, batch, length, taps]: ConvolutionShape, forms: Forms): Form {
  return tf.tidy(() => {
    const inputs = [tf.ones([channels, batch, length]), tf.ones([channels, taps]), tf.ones([channels])];
    const once = (form: Form): number => {
      const started = performance.now();
      // A device may compute by itself: reading a value waits for it.
      tf.tidy(() => tf.sum(forms[form](inputs)[0]).dataSync());
      return performance.now() - started;
    };
    const best = (form: Form) => Math.min(...Array.from({ length: repetitions }, () => once(form)));
    try {
      once('fft');
      const transforms = best('fft');
      // The first time has its preparations; what is many times slower even so is not measured on.
      if (once('monarch') > 20 * transforms) return 'fft';
      return best('monarch') < clearly * transforms ? 'monarch' : 'fft';
    } catch {
      // No room for both: transforms need the least.
      return 'fft';
    }
  });
}
