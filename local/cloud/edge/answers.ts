/** An answer of the edge to one AWS request. */
export interface EdgeAnswer {
  status: number;
  type: string;
  body: string;
}

const JSON_TYPE = 'application/x-amz-json-1.1';

/** A success of the JSON protocol. */
export function jsonAnswer(body: unknown): EdgeAnswer {
  return { status: 200, type: JSON_TYPE, body: JSON.stringify(body) };
}

/** A refusal of the JSON protocol, by its error type. */
export function jsonRefusal(type: string, message: string, status = 400): EdgeAnswer {
  return { status, type: JSON_TYPE, body: JSON.stringify({ __type: type, message, Message: message }) };
}
