// `node --import register.mjs main.js` runs the app's main process over the stand-in for the module `electron`.
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
