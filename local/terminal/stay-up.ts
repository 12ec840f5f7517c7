import type { House } from '../demo/house.ts';
import type { Show } from './demo-show.ts';
import type { Ending } from './ending.ts';
import { helpText } from './help.ts';
import { listenForKeys, type KeyAction } from './keys.ts';
import { keysLine } from './lines.ts';
import { openBrowser } from './open-browser.ts';
import { pageOf } from './ready.ts';
import type { Screen } from './screen.ts';

interface Staying {
  screen: Screen;
  ending: Ending;
  house: House;
  version: string;
  show: Show;
  options: { quiet: boolean };
}

/** Stays until there is a reason to end, and takes keys where somebody can press them; answers the exit code. */
export const stayUp = async (staying: Staying): Promise<number> => {
  const { screen, ending, options } = staying;
  if (!process.stdin.isTTY || !screen.live) return ending.code;
  if (!options.quiet) screen.print(keysLine(screen.style));
  const giveBack = listenForKeys(process.stdin, (action) => void act(staying, action));
  try {
    return await ending.code;
  } finally {
    giveBack();
  }
};

const act = async ({ screen, ending, house, version, show }: Staying, action: KeyAction): Promise<void> => {
  switch (action) {
    case 'stop':
      return ending.interrupt();
    case 'quit':
      return ending.end(0);
    case 'open':
      return openBrowser(pageOf(house));
    case 'help':
      return screen.print(`\n${helpText(version)}`);
    case 'demo':
      return demoAgain(screen, show);
  }
};

const demoAgain = async (screen: Screen, show: Show): Promise<void> => {
  try {
    const { outcome } = await show.demo();
    if (outcome !== 'running' && outcome !== 'interrupted') screen.print(keysLine(screen.style));
  } catch (error) {
    screen.print(`  ✕ ${error instanceof Error ? error.message : String(error)}`);
  }
};
