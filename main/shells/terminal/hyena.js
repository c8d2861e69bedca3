#!/usr/bin/env node
// The `hyena` command in a clone: builds where a source changed, then runs the compiled command.
import { build } from '../../setup/build.js';
import { dependenciesAreCurrent, requireNode } from '../../setup/dependencies.js';

requireNode();
if (!dependenciesAreCurrent()) {
  console.error('The packages of Hyena Studio are missing or do not match package-lock.json. Run: npm ci');
  process.exit(1);
}
if (!build()) process.exit(1);
const command = '../../../build/main/shells/terminal/main.js';
await import(command);
