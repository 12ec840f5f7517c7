'use strict';
// Preloaded into every child process: Date tells the stack's virtual time. Timers stay real, because work takes
// real time. The state arrives in LOCAL_CLOCK and then, after each jump, over the parent's message channel.
const { subscribe } = require('node:diagnostics_channel');

const RealDate = Date;
let state = JSON.parse(process.env.LOCAL_CLOCK);
delete process.env.LOCAL_CLOCK;

const now = () => Math.floor(state.anchorVirtual + (RealDate.now() - state.anchorReal) * state.speed);

const VirtualDate = new Proxy(RealDate, {
  construct: (target, args, newTarget) =>
    Reflect.construct(
      target,
      args.length === 0 ? [now()] : args,
      newTarget === VirtualDate ? target : newTarget,
    ),
  apply: () => new RealDate(now()).toString(),
  get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
});
RealDate.prototype.constructor = VirtualDate;
globalThis.Date = VirtualDate;

// Services on this machine date their answers in real time. The SDK would take the difference for a wrong clock and
// send every refused request again.
subscribe('http.client.response.finish', ({ response }) => {
  if (response.headers.date) response.headers.date = new VirtualDate().toUTCString();
});

exports.setClock = (next) => {
  state = next;
};

if (process.channel) {
  process.on('message', (message) => {
    if (message && message.clock) state = message.clock;
  });
  // A listener alone would keep the process alive; the parent's end is the end of the child.
  process.channel.unref();
  process.on('disconnect', () => process.exit());
}
