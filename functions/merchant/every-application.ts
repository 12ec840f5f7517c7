import type { Application, ApplicationStatus } from './application.ts';
import type { Applications } from './application.store.ts';

/** Every application of these states, page by page; one that moves on meanwhile may be missed or met twice. */
export async function* everyApplication(
  { list }: Pick<Applications, 'list'>,
  statuses: readonly ApplicationStatus[],
): AsyncGenerator<Application> {
  let cursor: string | undefined;
  do {
    const page = await list(statuses, cursor);
    yield* page.applications;
    cursor = page.cursor;
  } while (cursor !== undefined);
}
