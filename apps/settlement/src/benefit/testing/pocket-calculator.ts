import { Decimal } from 'decimal.js';

const Calculator = Decimal.clone({ precision: 80, rounding: Decimal.ROUND_HALF_UP });

/**
 * Reads an explanation line as a patient with a pocket calculator would, and knows nothing of the engine:
 * `name：formula = value 元（basis）`, where ≈ means rounded half up to the fen. Answers whether the sum is right.
 */
export function lineHolds(line: string): boolean {
  const arithmetic = line
    .slice(line.indexOf('：') + 1)
    .replace(/（.*$/, '')
    .replace(/ 元$/, '');
  const match = /^(.*) ([=≈]) (-?[\d.]+)$/.exec(arithmetic);
  if (match === null) return /^-?[\d.]+$/.test(arithmetic);
  const [, formula = '', sign, value = ''] = match;
  const exact = new Reader(formula).value();
  return (sign === '≈' ? exact.toDecimalPlaces(2) : exact).equals(new Calculator(value));
}

class Reader {
  private readonly tokens: string[];
  private next = 0;

  constructor(formula: string) {
    this.tokens = formula.match(/取小|取大|-?\d+(?:\.\d+)?|[+−×÷(),，]/g) ?? [];
    if (this.tokens.join('') !== formula.replace(/ /g, '')) throw new Error(`not a sum: ${formula}`);
  }

  value(): Decimal {
    const result = this.sum();
    if (this.next !== this.tokens.length) throw new Error(`trailing ${this.tokens.slice(this.next).join(' ')}`);
    return result;
  }

  private sum(): Decimal {
    let result = this.product();
    for (let sign = this.tokens[this.next]; sign === '+' || sign === '−'; sign = this.tokens[this.next]) {
      this.next += 1;
      result = sign === '+' ? result.plus(this.product()) : result.minus(this.product());
    }
    return result;
  }

  private product(): Decimal {
    let result = this.factor();
    for (let sign = this.tokens[this.next]; sign === '×' || sign === '÷'; sign = this.tokens[this.next]) {
      this.next += 1;
      result = sign === '×' ? result.times(this.factor()) : result.div(this.factor());
    }
    return result;
  }

  private factor(): Decimal {
    const token = this.tokens[this.next] ?? '';
    this.next += 1;
    if (token === '(') {
      const inside = this.sum();
      this.next += 1;
      return inside;
    }
    if (token === '取小' || token === '取大') {
      this.next += 1;
      const values = [this.sum()];
      while (this.tokens[this.next] === '，') {
        this.next += 1;
        values.push(this.sum());
      }
      this.next += 1;
      return token === '取小' ? Calculator.min(...values) : Calculator.max(...values);
    }
    return new Calculator(token);
  }
}
