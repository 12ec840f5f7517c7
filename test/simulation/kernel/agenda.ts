/** What happens when, on the virtual clock. Of two things at the same moment the one noted first comes first. */
export interface Agenda {
  now(): number;
  /** Notes something for a moment; one in the past happens next. The answer takes it off again. */
  at(moment: number, what: () => void): Note;
  in(ms: number, what: () => void): Note;
  /** As `in`, but a jump does not delay it. */
  onItsWay(ms: number, what: () => void): Note;
  /** Moves the clock to the next thing and does it; false: nothing is left before `until`. */
  step(until: number): boolean;
  /** Moves the clock forward; what was due meanwhile happens late. */
  jump(ms: number): void;
  /** Moment of the next thing. */
  next(): number | undefined;
}
export interface Note {
  readonly moment: number;
  readonly no: number;
  readonly what: () => void;
  off: boolean;
}

export const createAgenda = (start: number): Agenda => {
  const heap: Note[] = [];
  let now = start;
  let serial = 0;
  let flying: Note[] = [];
  const before = (a: Note, b: Note) => a.moment < b.moment || (a.moment === b.moment && a.no < b.no);
  // A clock shows whole milliseconds.
  const at = (when: number, what: () => void): Note => {
    const moment = Math.floor(when);
    const note: Note = { moment, no: serial++, what, off: false };
    let i = heap.push(note) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(note, heap[parent]!)) break;
      heap[i] = heap[parent]!;
      i = parent;
    }
    heap[i] = note;
    return note;
  };
  const take = (): Note | undefined => {
    const first = heap[0];
    const last = heap.pop();
    if (first === undefined || last === undefined || heap.length === 0) return first;
    let i = 0;
    for (;;) {
      let child = 2 * i + 1;
      if (child >= heap.length) break;
      if (child + 1 < heap.length && before(heap[child + 1]!, heap[child]!)) child += 1;
      if (!before(heap[child]!, last)) break;
      heap[i] = heap[child]!;
      i = child;
    }
    heap[i] = last;
    return first;
  };
  const next = (): number | undefined => {
    while (heap[0]?.off === true) take();
    return heap[0]?.moment;
  };
  return {
    now: () => now,
    at,
    in: (ms, what) => at(now + ms, what),
    onItsWay: (ms, what) => {
      const note = at(now + ms, what);
      flying = [...flying.filter(({ off }) => !off), note];
      return note;
    },
    next,
    step: (until) => {
      const moment = next();
      if (moment === undefined || moment > until) return false;
      const note = take()!;
      now = Math.max(now, note.moment);
      note.off = true;
      note.what();
      return true;
    },
    jump: (ms) => {
      const target = Math.floor(now + ms);
      const arriving = flying.filter(({ off, moment }) => !off && moment <= target);
      for (const note of arriving.toSorted((a, b) => a.moment - b.moment || a.no - b.no)) {
        now = Math.max(now, note.moment);
        note.off = true;
        note.what();
      }
      now = target;
    },
  };
};
