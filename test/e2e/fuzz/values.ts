// Values for a JSON schema: some as it asks, most bent somewhere, some with nothing to do with it.
import fc from 'fast-check';

export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly pattern?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
  readonly allOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: JsonSchema | boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

/** What `$ref` names. */
export type Definitions = Readonly<Record<string, JsonSchema>>;

const MAX_ITEMS = 3;
const MAX_LENGTH = 40;

/** As the schema asks, as far as a schema says it. */
export function wellFormed(schema: JsonSchema, definitions: Definitions = {}): fc.Arbitrary<unknown> {
  const within = (inner: JsonSchema) => wellFormed(inner, definitions);
  if (schema.$ref) return within(definitions[schema.$ref.replace(/^.*\//, '')] ?? {});
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map(within));
  if (schema.allOf) return fc.tuple(...schema.allOf.map(within)).map((parts) => Object.assign({}, ...parts) as unknown);
  switch (typeof schema.type === 'string' ? schema.type : (schema.type?.[0] ?? 'any')) {
    case 'string':
      return stringOf(schema);
    case 'integer':
      return fc.integer({
        min: Math.max(schema.minimum ?? 0, -(2 ** 31)),
        max: Math.min(schema.maximum ?? 500, 2 ** 31),
      });
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(within(schema.items ?? {}), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.max(schema.minItems ?? 0, Math.min(schema.maxItems ?? MAX_ITEMS, MAX_ITEMS)),
      });
    case 'object':
      return objectOf(schema, within);
    default:
      return hostile;
  }
}

/** Mostly bent: something in it is another value, is left out, or is too much. */
export function bent(schema: JsonSchema, definitions: Definitions = {}): fc.Arbitrary<unknown> {
  const good = wellFormed(schema, definitions);
  const change = fc.record({ place: fc.nat(), how: fc.constantFrom('replace', 'drop', 'add'), value: hostile });
  const changed = fc.tuple(good, fc.array(change, { minLength: 1, maxLength: 3 })).map(([value, changes]) => {
    const root = { value: structuredClone(value) };
    for (const { place, how, value: other } of changes) bend(root, { place, how, other: structuredClone(other) });
    return root.value;
  });
  return fc.oneof({ weight: 3, arbitrary: good }, { weight: 8, arbitrary: changed }, { weight: 1, arbitrary: hostile });
}

const LONG = 100_000;
const DEEP = 2_000;

/** Texts that parsers, databases, file systems and pages stumble over. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    'a\u0000b',
    '\ud800',
    '\udfff\ud800',
    '\ufeff',
    '\u202e',
    '../../../etc/passwd',
    '..',
    '%00',
    "'; DROP TABLE links; --",
    '{{7*7}}${7*7}',
    '<script>alert(1)</script>',
    '=cmd|calc',
    '__proto__',
    'constructor',
    'null',
    'NaN',
    '1e999',
    '-0',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:60+14:00',
    '2026-02-30',
    'x'.repeat(LONG),
    '😀'.repeat(300),
    'e\u0301'.repeat(300),
  ),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

const hostile: fc.Arbitrary<unknown> = fc.oneof(
  hostileText,
  fc.constantFrom(null, true, false, 0, -1, -0, 0.5, 2 ** 31, 2 ** 53, -(2 ** 63), 1e308, 5e-324, [], {}, [[]], [null]),
  fc.constantFrom(
    { __proto__x: 1 },
    { toString: 1 },
    { length: -1 },
    Array.from({ length: 3_000 }, () => 0),
  ),
  fc.constant(DEEP).map(nested),
  fc.jsonValue({ maxDepth: 3 }),
);

function nested(depth: number): unknown {
  let value: unknown = 0;
  for (let level = 0; level < depth; level += 1) value = [value];
  return value;
}

function stringOf({ format, pattern, minLength = 0, maxLength = MAX_LENGTH }: JsonSchema): fc.Arbitrary<unknown> {
  if (format === 'uuid') return fc.uuid({ version: 4 });
  if (format === 'date') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString().slice(0, 10));
  if (format === 'date-time') {
    return fc
      .date({ noInvalidDate: true, min: new Date(-6e13), max: new Date(2.5e14) })
      .map((date) => date.toISOString());
  }
  if (pattern !== undefined) return matching(pattern);
  return fc.string({ unit: 'grapheme', minLength, maxLength: Math.max(minLength, Math.min(maxLength, MAX_LENGTH)) });
}

function matching(pattern: string): fc.Arbitrary<unknown> {
  try {
    const arbitrary = fc.stringMatching(new RegExp(pattern, 'u'));
    fc.sample(arbitrary, 1);
    return arbitrary;
  } catch {
    // Not every pattern can be turned round.
    return fc.string();
  }
}

function objectOf(schema: JsonSchema, within: (inner: JsonSchema) => fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const { properties = {}, required = [] } = schema;
  const values = Object.fromEntries(Object.entries(properties).map(([name, inner]) => [name, within(inner)]));
  if (Object.keys(values).length > 0) return fc.record(values, { requiredKeys: [...required] });
  const inner = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : {};
  return fc.dictionary(fc.string({ maxLength: 10 }), within(inner), { maxKeys: MAX_ITEMS });
}

interface Bend {
  readonly place: number;
  readonly how: string;
  readonly other: unknown;
}

/** Changes one of the places of a value, counted from its root. */
function bend(root: { value: unknown }, { place, how, other }: Bend): void {
  const places = placesIn(root);
  const [holder, key]: [Holder, string] = places[place % places.length] ?? [root, 'value'];
  const held = holder[key];
  if (how === 'add' && typeof held === 'object' && held !== null) Object.assign(held, { surplus: other });
  else if (how === 'drop' && (holder as object) !== root) Reflect.deleteProperty(holder, key);
  else holder[key] = other;
}

type Holder = Record<string, unknown>;

function placesIn(value: object): [Holder, string][] {
  return Object.entries(value).flatMap(([key, inner]): [Holder, string][] => [
    [value as Holder, key],
    ...(typeof inner === 'object' && inner !== null && !isLarge(inner) ? placesIn(inner) : []),
  ]);
}

/** What was put in to be large or deep is not walked. */
function isLarge(value: object): boolean {
  return Array.isArray(value) && (value.length > MAX_ITEMS * 10 || Array.isArray(value[0]));
}
