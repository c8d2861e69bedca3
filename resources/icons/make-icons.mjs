// Draws icon.svg in the sizes that systems ask for: icon.png and linux/ (Linux), icon.ico (Windows), icon.icns (macOS).
// node resources/icons/make-icons.mjs, with a Chromium that CHROMIUM names or that is installed.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chromium } from 'playwright-core';

const folder = import.meta.dirname;
const svg = readFileSync(path.join(folder, 'icon.svg'));
const address = `data:image/svg+xml;base64,${svg.toString('base64')}`;
const sizes = [16, 24, 32, 48, 64, 128, 256, 512, 1024];

const executablePath = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
const drawn = new Map();
for (const size of sizes) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<body style="margin:0"><img src="${address}" width="${size}" height="${size}" style="display:block">`);
  drawn.set(size, await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();

/** A Windows icon: a directory of PNG images. */
function ico(wanted) {
  const header = Buffer.alloc(6 + 16 * wanted.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(wanted.length, 4);
  let offset = header.length;
  for (const [index, size] of wanted.entries()) {
    const entry = 6 + 16 * index;
    const { length } = drawn.get(size);
    header.writeUInt8(size % 256, entry);
    header.writeUInt8(size % 256, entry + 1);
    header.writeUInt16LE(1, entry + 4);
    header.writeUInt16LE(32, entry + 6);
    header.writeUInt32LE(length, entry + 8);
    header.writeUInt32LE(offset, entry + 12);
    offset += length;
  }
  return Buffer.concat([header, ...wanted.map((size) => drawn.get(size))]);
}

/** A macOS icon: chunks of PNG images, each named by its size and density. */
function icns(wanted) {
  const chunks = wanted.map(([name, size]) => {
    const image = drawn.get(size);
    const head = Buffer.alloc(8);
    head.write(name, 'latin1');
    head.writeUInt32BE(8 + image.length, 4);
    return Buffer.concat([head, image]);
  });
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(8 + chunks.reduce((sum, chunk) => sum + chunk.length, 0), 4);
  return Buffer.concat([head, ...chunks]);
}

writeFileSync(path.join(folder, 'icon.png'), drawn.get(512));
writeFileSync(path.join(folder, 'icon.ico'), ico([16, 24, 32, 48, 64, 128, 256]));
writeFileSync(
  path.join(folder, 'icon.icns'),
  icns([
    ...[['icp4', 16], ['ic11', 32], ['icp5', 32], ['ic12', 64], ['ic07', 128], ['ic13', 256], ['ic08', 256]],
    ...[['ic14', 512], ['ic09', 512], ['ic10', 1024]],
  ]),
);
mkdirSync(path.join(folder, 'linux'), { recursive: true });
for (const size of sizes.filter((one) => one <= 512))
  writeFileSync(path.join(folder, 'linux', `${size}x${size}.png`), drawn.get(size));
