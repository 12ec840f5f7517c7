import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { DrainEnvironment } from '../functions/transmission/drain.environment.ts';
import type { Epost } from './epost.ts';
import type { Merchant } from './merchant.ts';
import type { CodeOf } from './parts/bundles.ts';
import { houseFunction, type HouseFunction } from './parts/house-function.ts';
import { QueueWithDlq } from './parts/queue-with-dlq.ts';
import { callEvery } from './parts/scheduled.ts';
import { drainTimeoutSeconds, type Settings } from './settings.ts';
import type { Shipment } from './shipment.ts';

/** Shipments with a number, waiting to be told to ePost. */
export class TransmissionQueue extends QueueWithDlq {
  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id, {
      visibility: Duration.seconds(drainTimeoutSeconds(settings) + 10),
      // The drain counts its own attempts in the table. Deliveries also count while ePost is down (a probe every two
      // minutes), so this high count only stops a message that no drain can even read.
      maxReceiveCount: 100,
      deadLetterImpact:
        'Shops: numbered parcels are not being told to ePost and cannot be printed at biz.epost.',
      urgent: true,
      runbook: 'transmission-dead-letters',
    });
  }
}

export interface TransmissionProps {
  readonly settings: Settings;
  readonly codeOf: CodeOf;
  readonly merchant: Merchant;
  readonly shipment: Shipment;
  readonly epost: Epost;
  readonly queue: TransmissionQueue;
}

/** 전송: one drainer tells ePost of every waiting shipment, every few minutes. */
export class Transmission extends Construct {
  readonly drain: HouseFunction<keyof DrainEnvironment>;

  constructor(scope: Construct, id: string, props: TransmissionProps) {
    super(scope, id);
    this.drain = drainFunction(this, props);
    callEvery(this, 'DrainSchedule', Duration.minutes(props.settings.drainMinutes), this.drain);
  }
}

function drainFunction(scope: Construct, props: TransmissionProps) {
  const { settings, merchant, shipment, epost, queue } = props;
  return houseFunction(scope, 'Drain', {
    entry: 'drain',
    codeOf: props.codeOf,
    purpose: '전송: tells ePost of every waiting shipment and settles unknown outcomes',
    errorImpact: 'Shops: numbered parcels do not appear in biz.epost and the 20-minute promise runs out.',
    runbook: 'drain-failing',
    timeout: Duration.seconds(drainTimeoutSeconds(settings)),
    heartbeat: Duration.minutes(5 * settings.drainMinutes),
    urgent: true,
    fillsItsTime: true,
    // Two drainers would share nothing but the carrier's patience: the calls in flight are bounded per drainer.
    reservedConcurrency: 1,
    borrows: [
      merchant.forReading(),
      shipment.forMovingOn('GetItem'),
      shipment.forTelling(),
      epost.forPausing(),
      epost.forCalling(),
      queue.forWorking('TRANSMISSION_QUEUE_URL'),
    ],
    settings: {
      EPOST_SHIP_URL: settings.epostShipUrl,
      CALLS_IN_FLIGHT: String(settings.callsInFlight),
      CARRIER_TIMEOUT_MS: String(settings.carrierTimeoutMs),
      SETTLE_SECONDS: String(settings.settleSeconds),
      MAX_ATTEMPTS: String(settings.maxAttempts),
      // Stops taking up work early enough for the calls under way to end and be written down.
      DRAIN_SECONDS: String(drainTimeoutSeconds(settings) - 5 - Math.ceil(settings.carrierTimeoutMs / 1000)),
    },
  });
}
