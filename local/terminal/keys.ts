/** Keys while the stack stays up. Only where input and output are a terminal. */

export type KeyAction = 'stop' | 'quit' | 'demo' | 'open' | 'help';

/** What a key means. `ㄱ`, `ㅐ`, `ㅗ` and `ㅂ` are r, o, h and q with the Korean layout on. */
export const actionOf = (key: string): KeyAction | undefined => {
  if (key === '\u0003') return 'stop';
  if (key === 'q' || key === 'ㅂ' || key === '\u0004') return 'quit';
  if (key === 'r' || key === 'ㄱ') return 'demo';
  if (key === 'o' || key === 'ㅐ') return 'open';
  return key === 'h' || key === 'ㅗ' || key === '?' ? 'help' : undefined;
};

/** Calls `act` for each known key; answers the way to give the terminal back. */
export const listenForKeys = (input: NodeJS.ReadStream, act: (action: KeyAction) => void): (() => void) => {
  const onData = (data: string) => {
    for (const key of data.normalize('NFC')) {
      const action = actionOf(key);
      if (action !== undefined) act(action);
    }
  };
  input.setEncoding('utf8');
  input.setRawMode(true);
  input.on('data', onData);
  input.resume();
  return () => {
    input.off('data', onData);
    input.setRawMode(false);
    input.pause();
  };
};
