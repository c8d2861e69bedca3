import { readFile } from 'node:fs/promises';
import { findStaticFile } from '../page/static-files.ts';
import { securityHeaders } from '../page/policy.ts';
import { isOwnAddress } from './address.ts';

/** Answers a request for a file of the built window; nothing outside its folder is ever served. */
export async function servePage(folder: string, request: { url: string; method: string }): Promise<Response> {
  // The page speaks to the host through the bridge: it has nobody to connect to.
  const headers = securityHeaders([]);
  const refuse = (status: number) => new Response(null, { status, headers });
  if (!isOwnAddress(request.url)) return refuse(403);
  if (request.method !== 'GET') return refuse(405);
  const file = await findStaticFile(folder, new URL(request.url).pathname);
  if (!file) return refuse(404);
  const body = await readFile(file.path);
  return new Response(new Uint8Array(body), { headers: { ...headers, 'Content-Type': file.type } });
}
