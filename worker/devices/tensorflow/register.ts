import { registerOperations } from '../../ops/index.ts';
import { tensorFlowOverrides } from '../../ops/tensorflow.ts';
import { backendName } from './load.ts';
import { registerMatrixProducts } from './matrix-products.ts';

let registered = false;

/** Registers this program's operations with the backend. Call after it is loaded. */
export function registerTensorFlow(): void {
  if (registered) return;
  registered = true;
  registerMatrixProducts();
  registerOperations(backendName, tensorFlowOverrides);
}
