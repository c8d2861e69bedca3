import { parseRoute, routeAddress, type PageName, type Route } from './routes.ts';

const placeKey = 'hyena-studio.place';

/** Which page is shown; kept in the address, and remembered for the next start. */
export class Router {
  #route = $state.raw<Route>({ page: 'data', subject: null, query: {} });

  constructor() {
    const remembered = localStorage.getItem(placeKey) ?? '';
    this.#route = parseRoute(location.hash === '' ? remembered : location.hash, 'data');
    window.addEventListener('hashchange', () => {
      this.#route = parseRoute(location.hash, 'data');
      localStorage.setItem(placeKey, location.hash);
    });
  }

  get route(): Route {
    return this.#route;
  }

  go(page: PageName, subject: string | null = null, query: Record<string, string> = {}): void {
    const address = routeAddress(page, subject, query);
    if (location.hash === address) return;
    location.hash = address;
    this.#route = parseRoute(address, 'data');
  }

  /** As {@link go}, without a step for the way back: for what is shown beside, such as which runs are compared. */
  replace(page: PageName, subject: string | null = null, query: Record<string, string> = {}): void {
    const address = routeAddress(page, subject, query);
    history.replaceState(null, '', address);
    localStorage.setItem(placeKey, address);
    this.#route = parseRoute(address, 'data');
  }
}
