import './strict-policy.ts';
import { mount } from 'svelte';
import App from './App.svelte';
import { openBridge } from './connection/bridge.ts';
import { Client } from './connection/client.ts';
import { onNewToken, takeToken } from './connection/token.ts';
import { openWebSocket } from './connection/websocket.ts';
import { AppState } from './state/app-state.svelte.ts';
import './style/tokens.css';
import './style/base.css';
import './style/controls.css';

takeToken();
const client = new Client(window.hyena ? openBridge(window.hyena) : openWebSocket);
const app = new AppState(client);
// A page that the restarted server refused works again as soon as any tab has the new token.
onNewToken(() => {
  if (app.refused) location.reload();
});
// The first paint is in the language and the theme of the last time.
void app.recallLook().then(() => mount(App, { target: document.getElementById('app')!, props: { app } }));
