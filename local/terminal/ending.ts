import { watchParent } from './parent-watch.ts';

/** Why and how the process ends; the first reason stands. */
export interface Ending {
  /** resolves with the exit code */
  code: Promise<number>;
  /** aborted as soon as there is a reason */
  signal: AbortSignal;
  end(code: number): void;
  /** Ctrl+C: the first ends in order (130), the second at once */
  interrupt(): void;
}

/** One Ctrl+C arrives from the terminal and once more from the processes above. */
const SAME_PRESS_MS = 300;

/**
 * Listens to Ctrl+C (130), SIGTERM and SIGHUP (`asked`), the end of npm, and a reader of the output that went
 * away.
 */
export const createEnding = (asked: number): Ending => {
  const controller = new AbortController();
  let settle!: (code: number) => void;
  const code = new Promise<number>((resolve) => (settle = resolve));
  const end = (with_: number) => {
    settle(with_);
    controller.abort();
  };
  let interruptedAt: number | undefined;
  const interrupt = () => {
    const now = performance.now();
    if (interruptedAt === undefined) interruptedAt = now;
    else if (now - interruptedAt > SAME_PRESS_MS) process.exit(130);
    end(130);
  };
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', () => end(asked));
  process.on('SIGHUP', () => end(asked));
  process.stdout.on('error', () => end(asked));
  process.stderr.on('error', () => end(asked));
  watchParent(() => end(asked));
  return { code, signal: controller.signal, end, interrupt };
};
