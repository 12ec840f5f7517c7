// The SQS engine in a process of its own: fauxqs, on the stack's virtual clock (clock-shim.cjs is preloaded).
// Arguments: the folder to keep messages in, or nothing. Tells its parent the port and the next time at which a
// hidden message shows. What fauxqs 2.4.1 lacks is added here: redrive, retention, and two mends of its storage.
const base = import.meta.resolve('fauxqs');
const load = (file) => import(new URL(file, base).href);
const { buildApp } = await load('app.js');
const { SqsStore, SqsQueue } = await load('sqs/sqsStore.js');
const { SqsRouter } = await load('sqs/sqsRouter.js');
const { SqsError, QueueDoesNotExistError } = await load('common/errors.js');
const { PersistenceManager } = await load('persistence.js');

const region = process.env.AWS_REGION;
const [dataDir] = process.argv.slice(2);
const store = new SqsStore();

// fauxqs sets the receive count of a message made visible by hand to NULL, which its own table forbids.
PersistenceManager.prototype.updateMessageReady = function (messageId) {
  this.db
    .prepare('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL WHERE message_id = ?')
    .run(messageId);
};

if (dataDir) {
  const persistence = new PersistenceManager(dataDir);
  // The write-ahead log survives the death of the process without a sync to disk for each message.
  persistence.db.exec('PRAGMA synchronous = NORMAL');
  // No consumer outlives the stack: what was in flight when it ended is visible when it starts again.
  persistence.db.exec('UPDATE sqs_messages SET receipt_handle = NULL, visibility_deadline = NULL');
  persistence.loadSqsQueues(store);
  store.persistence = persistence;
  for (const queue of store.allQueues()) queue.persistence = persistence;
}

// --- redrive: StartMessageMoveTask and ListMessageMoveTasks -------------------------------------------------------
const moves = [];

function sourcesOf(queue) {
  return [...store.allQueues()].filter((candidate) => {
    const policy = candidate.attributes.RedrivePolicy;
    return policy && JSON.parse(policy).deadLetterTargetArn === queue.arn;
  });
}

function startMessageMoveTask({ SourceArn, DestinationArn }) {
  const source = store.getQueueByArn(SourceArn);
  if (!source) throw new QueueDoesNotExistError();
  const sources = sourcesOf(source);
  if (sources.length === 0) {
    throw new SqsError('InvalidParameterValue', 'Source queue must be configured as a Dead Letter Queue.');
  }
  const target = DestinationArn ? store.getQueueByArn(DestinationArn) : sources[0];
  if (!target) throw new QueueDoesNotExistError();
  if (!DestinationArn && sources.length > 1) {
    throw new SqsError('InvalidParameterValue', 'Several queues share this DLQ: name the DestinationArn.');
  }
  source.processTimers();
  const messages = source.messages.splice(0);
  for (const message of messages) {
    source.persistence?.deleteMessage(message.messageId);
    // A moved message is a new one to its queue: counted from zero, its retention period starting now.
    const fresh = SqsStore.createMessage(message.body, message.messageAttributes);
    target.enqueue(fresh);
  }
  const task = {
    TaskHandle: Buffer.from(`${SourceArn}/${moves.length}`).toString('base64'),
    Status: 'COMPLETED',
    SourceArn,
    ...(DestinationArn && { DestinationArn }),
    ApproximateNumberOfMessagesMoved: messages.length,
    ApproximateNumberOfMessagesToMove: messages.length,
    StartedTimestamp: Date.now(),
  };
  moves.unshift(task);
  return { TaskHandle: task.TaskHandle };
}

function listMessageMoveTasks({ SourceArn, MaxResults = 1 }) {
  return { Results: moves.filter((task) => task.SourceArn === SourceArn).slice(0, MaxResults) };
}

const register = SqsRouter.prototype.register;
SqsRouter.prototype.register = function (action, handler) {
  register.call(this, action, handler);
  if (action !== 'CreateQueue') return;
  register.call(this, 'StartMessageMoveTask', startMessageMoveTask);
  register.call(this, 'ListMessageMoveTasks', listMessageMoveTasks);
};

// --- retention, and telling when hidden messages show ---------------------------------------------------------------
const processTimers = SqsQueue.prototype.processTimers;
SqsQueue.prototype.processTimers = function () {
  processTimers.call(this);
  const oldest = Date.now() - Number(this.attributes.MessageRetentionPeriod) * 1000;
  if (!this.messages.some((message) => message.sentTimestamp < oldest)) return;
  for (const message of this.messages) {
    if (message.sentTimestamp < oldest) this.persistence?.deleteMessage(message.messageId);
  }
  this.messages = this.messages.filter((message) => message.sentTimestamp >= oldest);
};

let told = null;
function tellNextWakeUp() {
  let next = null;
  for (const queue of store.allQueues()) {
    for (const { delayUntil } of queue.delayedMessages) next = Math.min(next ?? delayUntil, delayUntil);
    for (const { visibilityDeadline } of queue.inflightMessages.values()) {
      next = Math.min(next ?? visibilityDeadline, visibilityDeadline);
    }
  }
  if (next !== told) process.send({ wakeUp: next });
  told = next;
}
setInterval(tellNextWakeUp, 25);

const app = buildApp({ logger: false, defaultRegion: region, stores: { sqsStore: store } });
await app.listen({ port: 0, host: '127.0.0.1' });
process.on('message', ({ question }) => {
  store.processAllTimers();
  tellNextWakeUp();
  process.send({ heard: question });
});
process.send({ port: app.server.address().port });
