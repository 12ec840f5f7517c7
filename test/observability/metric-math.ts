/** The part of CloudWatch metric math that our alarms and dashboards use: arithmetic, comparisons, IF and FILL. */
type Value = number | undefined;

/**
 * The value of an expression over one period. A metric without data makes what it is in `undefined`, unless FILL
 * gives it a value.
 * @throws for anything that is not understood
 */
export const evaluateMath = (expression: string, metrics: Readonly<Record<string, Value>>): Value => {
  const tokens = expression.match(/[A-Za-z]\w*|\d+(?:\.\d+)?|[<>=!]=|[-+*/(),<>]/g) ?? [];
  let at = 0;
  const take = (wanted?: string): string => {
    const token = tokens[at++];
    if (token === undefined || (wanted !== undefined && token !== wanted))
      throw new Error(`${expression}: ${wanted ?? 'more'} expected, not ${token}`);
    return token;
  };
  const binary = (operators: Record<string, (a: number, b: number) => number>, operand: () => Value) => {
    let left = operand();
    for (let next = tokens[at]; next !== undefined && next in operators; next = tokens[at]) {
      const apply = operators[take()]!;
      const right = operand();
      left = left === undefined || right === undefined ? undefined : apply(left, right);
    }
    return left;
  };
  const call = (name: string): Value => {
    take('(');
    const given = [compare()];
    while (tokens[at] === ',') {
      take(',');
      given.push(compare());
    }
    take(')');
    const [first, second, third] = given;
    if (name === 'FILL') return first ?? second;
    if (name === 'IF') return first === undefined ? undefined : first !== 0 ? second : third;
    throw new Error(`${expression}: ${name} is not understood`);
  };
  const single = (): Value => {
    const token = take();
    if (token === '(') {
      const inner = compare();
      take(')');
      return inner;
    }
    if (/^\d/.test(token)) return Number(token);
    if (tokens[at] === '(') return call(token);
    if (!(token in metrics)) throw new Error(`${expression}: no metric ${token}`);
    return metrics[token];
  };
  const product = () => binary({ '*': (a, b) => a * b, '/': (a, b) => a / b }, single);
  const sum = () => binary({ '+': (a, b) => a + b, '-': (a, b) => a - b }, product);
  const compare = (): Value =>
    binary(
      {
        '>=': (a, b) => Number(a >= b),
        '<=': (a, b) => Number(a <= b),
        '>': (a, b) => Number(a > b),
        '<': (a, b) => Number(a < b),
        '==': (a, b) => Number(a === b),
      },
      sum,
    );
  const value = compare();
  if (at < tokens.length) throw new Error(`${expression}: ${tokens[at]} is left over`);
  return value;
};
