import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { projectFolder, TestLibrary } from './command.ts';

let place: TestLibrary;
beforeAll(async () => {
  place = await TestLibrary.make();
});
afterAll(() => place.remove());

const start = path.join(projectFolder, 'main', 'shells', 'start.js');

describe('npm start -- --terminal', () => {
  it('trains on the bundled book, stops on Ctrl-C with a checkpoint, and begins anew the next time', async () => {
    for (const run of ['demo', 'demo-2']) {
      const demo = place.start(start, ['--terminal']);
      await demo.printed(`Training ${run} on moby-dick`);
      await new Promise((resolve) => setTimeout(resolve, 3000));
      demo.signal('SIGINT');
      const { code, stderr, stdout } = await demo.outcome;
      expect(stderr).toContain(`Resume: npx hyena resume ${run}`);
      expect(stdout).toContain('stopped on request, checkpoint saved');
      expect(code).toBe(130);
      const [record] = await place.json('runs', 'show', run);
      expect(record.status).toBe('stopped');
      expect(record.checkpoints).not.toEqual([]);
    }
    expect(await place.json('data', 'list')).toHaveLength(1);
  });
});
