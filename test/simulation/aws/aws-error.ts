/** What a service answers instead of an output. `extra` are the error's own members, e.g. the old Item. */
export interface AwsFailure {
  name: string;
  message: string;
  /** HTTP status: 400 the caller's fault, 500 the service's */
  status: number;
  extra?: Record<string, unknown>;
}

/** A modelled error of a service, as a value that is thrown. */
export class AwsError extends Error implements AwsFailure {
  readonly status: number;
  readonly extra: Record<string, unknown>;

  constructor({ name, message, status, extra = {} }: AwsFailure) {
    super(message);
    this.name = name;
    this.status = status;
    this.extra = extra;
  }
}

/**
 * Something AWS can do and this model cannot. Never an answer to the product: whoever runs a simulation lets it
 * fail on this.
 */
export class NotModelled extends Error {
  override readonly name = 'NotModelled';

  constructor(what: string) {
    super(`Not modelled: ${what}`);
  }
}

/** The caller's request makes no sense to the service. */
export const invalid = (message: string): AwsError =>
  new AwsError({ name: 'ValidationException', message, status: 400 });

/** @throws NotModelled naming members of the request that the model would silently ignore */
export const onlyMembers = (operation: string, input: object, known: readonly string[]): void => {
  const strange = Object.keys(input).filter(
    (member) => !known.includes(member) && Reflect.get(input, member) !== undefined,
  );
  if (strange.length > 0) throw new NotModelled(`${operation} with ${strange.join(', ')}`);
};
