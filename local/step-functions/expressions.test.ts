import { describe, expect, it } from 'vitest';
import { evaluate } from './expressions.ts';

const input = { xs: [{ v: 1 }, { v: 2 }] };

describe('expressions', () => {
  it.each([
    ['{% $length($uuid()) %}', 36],
    ["{% $hash('a','SHA-256') %}", 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
    ['{% $partition([1,2,3],2) %}', [[1, 2], [3]]],
    ['{% $range(1,5,2) %}', [1, 3, 5]],
    ['{% $range(3,1,-1) %}', [3, 2, 1]],
    ['{% $parse(\'{"a":1}\').a %}', 1],
    ['{% [$states.input.xs[v>1]] %}', [{ v: 2 }]],
    ["{% 'x-' & $string(3) %}", 'x-3'],
    ['{% $type($now()) %}', 'string'],
    ['{% $random(7) = $random(7) %}', true],
    ['{% $random() < 1 %}', true],
    ['plain', 'plain'],
    [{ deep: ['{% 1 + 1 %}', null] }, { deep: [2, null] }],
  ])('%j comes to %j', async (template, value) => {
    expect(await evaluate(template, { states: { input } })).toEqual(value);
  });

  it.each([
    '{% $states.input.nope %}',
    '{% $eval("1") %}',
    '{% $error("no") %}',
    '{% 1 + "a" %}',
    "{% $hash('a','SHA-3') %}",
    '{% $partition([1],0) %}',
    '{% $range(1,10,0) %}',
    '{% function($x) { $x } %}',
  ])('%s is a States.QueryEvaluationError', async (template) => {
    await expect(evaluate(template, { states: { input } })).rejects.toMatchObject({
      error: 'States.QueryEvaluationError',
    });
  });
});
