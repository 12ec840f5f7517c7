/** P6: ePost holds a parcel once, whatever it was sent. */
import type { Check, Checked } from './check.ts';

export const checkBookings = ({ carrier, broken }: Checked): Check => ({
  afterCarrier: (operation) => {
    if (operation !== 'InsertOrder') return;
    const live = carrier.office.bookings.all().filter(({ state, test }) => state === 'live' && !test);
    const byOrder = Map.groupBy(live, ({ orderNo }) => orderNo);
    for (const [orderNo, bookings] of byOrder)
      if (bookings.length > 1) broken('P6', `${orderNo} is booked ${bookings.length} times`);
    const byNumber = Map.groupBy(live, ({ regiNo }) => regiNo);
    for (const [number, bookings] of byNumber)
      if (new Set(bookings.map(({ orderNo }) => orderNo)).size > 1)
        broken('P1', `ePost has ${number} for ${bookings.map(({ orderNo }) => orderNo).join(' and ')}`);
  },
});
