/** What a saved chart says besides its lines, since it leaves the page that explained it. */
export interface Picture {
  title: string;
  /** Of whom: the names of the runs. */
  subtitle: string;
  xTitle: string;
  yTitle: string;
}

interface Ground {
  text: string;
  quiet: string;
  surface: string;
  face: string;
}

const edge = { top: 56, bottom: 28, left: 26, right: 8 };

/**
 * A drawn chart on its own ground, between its title and the names of its axes.
 *
 * @param chart drawn at twice the size of the screen
 * @param size of the chart on the screen, in CSS pixels
 */
export async function pictureOf(
  chart: HTMLCanvasElement,
  { width, height }: { width: number; height: number },
  { text, quiet, surface, face }: Ground,
  { title, subtitle, xTitle, yTitle }: Picture,
): Promise<Blob | null> {
  const canvas = document.createElement('canvas');
  const whole = { width: width + edge.left + edge.right, height: height + edge.top + edge.bottom };
  canvas.width = 2 * whole.width;
  canvas.height = 2 * whole.height;
  const context = canvas.getContext('2d');
  if (!context) return null;
  context.scale(2, 2);
  context.fillStyle = surface;
  context.fillRect(0, 0, whole.width, whole.height);
  context.drawImage(chart, edge.left, edge.top, width, height);
  const room = whole.width - edge.left - edge.right;
  context.textBaseline = 'middle';
  context.fillStyle = text;
  context.font = `600 15px ${face}`;
  context.fillText(title, edge.left, 20, room);
  context.fillStyle = quiet;
  context.font = `12px ${face}`;
  context.fillText(cut(context, subtitle, room), edge.left, 40);
  context.textAlign = 'center';
  context.fillText(xTitle, edge.left + width / 2, whole.height - 14, room);
  context.translate(14, edge.top + height / 2);
  context.rotate(-Math.PI / 2);
  context.fillText(yTitle, 0, 0, height);
  return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}

/** A line that fits, with an ellipsis where it had to be cut. */
function cut(context: CanvasRenderingContext2D, line: string, room: number): string {
  if (context.measureText(line).width <= room) return line;
  const characters = Array.from(line);
  while (characters.length > 1 && context.measureText(`${characters.join('')}…`).width > room) characters.pop();
  return `${characters.join('')}…`;
}
