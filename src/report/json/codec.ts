/** Writes a finding as a document by the document's own schema: fields are looked up by name, scaled into their unit, or taken from where the schema says. */

import { z } from "zod";

/** Where a part of a document comes from, kept next to its schema. */
interface Origin {
  /** The part, out of the object that the document's object is made from; the field of the same name where it is not said. */
  readonly pick?: (whole: never) => unknown;
  /** What the scaled figures inside are divided by. */
  readonly factor?: (whole: never) => number;
  readonly isScaled?: boolean;
  /** Whether the figures inside are in the square of the unit around, by the object that the part is in. */
  readonly isSquared?: (whole: never) => boolean;
}

const origins = z.registry<Origin>();

/** The same schema, taken from elsewhere than the field of its name. */
export function from<Whole, S extends z.ZodType>(pick: (whole: Whole) => unknown, schema: S): S {
  return remember(schema, { pick });
}

/** An object whose scaled figures are in the unit of what it is made from: base units divided by `factor`. */
export function inUnitOf<Whole, S extends z.ZodType>(factor: (whole: Whole) => number, schema: S): S {
  return remember(schema, { factor });
}

/** A figure that is written in the unit of the object around it. */
export function scaled<S extends z.ZodType>(schema: S): S {
  return remember(schema, { isScaled: true });
}

/** The same schema, its scaled figures in the square of the unit around (a variance) where `isSquared` holds of the object that it is a field of. */
export function squaredWhere<Whole, S extends z.ZodType>(isSquared: (whole: Whole) => boolean, schema: S): S {
  return remember(schema, { isSquared });
}

/** A copy, so that what is said of it holds for this place alone. */
function remember<S extends z.ZodType>(schema: S, origin: Origin): S {
  const copy = schema.clone() as S;
  const about = z.globalRegistry.get(schema);
  if (about !== undefined) z.globalRegistry.add(copy, about);
  origins.add(copy, { ...origins.get(schema), ...origin });
  return copy;
}

/** The document that `schema` describes. Throws a TypeError where the finding lacks what a field needs: a mistake in the definition. */
export function encodeFinding<S extends z.ZodType>(schema: S, finding: object): z.infer<S> {
  return part(schema, finding, { factor: 1, isScaled: false }, "document") as z.infer<S>;
}

/** The same as a file: two spaces, a line end. */
export function writeFinding(schema: z.ZodType, finding: object): string {
  return `${JSON.stringify(encodeFinding(schema, finding), null, 2)}\n`;
}

/** What holds where a part is: the factor of the nearest unit around, and whether figures are divided by it. */
interface Around {
  readonly factor: number;
  readonly isScaled: boolean;
}

function part(schema: z.core.$ZodType, value: unknown, around: Around, path: string): unknown {
  const origin = origins.get(schema);
  const here = {
    factor: origin?.factor === undefined ? around.factor : origin.factor(value as never),
    isScaled: around.isScaled || origin?.isScaled === true,
  };
  const { def } = (schema as z.core.$ZodTypes)._zod;
  switch (def.type) {
    case "optional":
      return value === undefined ? undefined : part(def.innerType, value, here, path);
    case "union":
      if (value === null) return null;
      return part(optionFor(def.options, value, path), value, here, path);
    case "number":
      if (typeof value !== "number") throw missing(path);
      return finite(here.isScaled ? value / here.factor : value);
    case "object":
      return Object.fromEntries(
        Object.entries(def.shape).flatMap(([key, field]) => {
          const isSquared = origins.get(field)?.isSquared?.(value as never) === true;
          const inside = { factor: isSquared ? here.factor ** 2 : here.factor, isScaled: false };
          const written = part(field, fieldOf(field, key, value), inside, `${path}.${key}`);
          return written === undefined ? [] : [[key, written]];
        }),
      );
    case "array":
      if (typeof value !== "object" || value === null || !(Symbol.iterator in value)) throw missing(path);
      return Array.from(value as Iterable<unknown>, (x, i) => part(def.element, x, here, `${path}[${i}]`));
    case "record":
      if (typeof value !== "object" || value === null) throw missing(path);
      return Object.fromEntries(
        Object.entries(value).map(([k, x]) => [k, part(def.valueType, x, here, `${path}.${k}`)]),
      );
    case "literal":
      return def.values[0];
    default:
      if (value === undefined) throw missing(path);
      return value;
  }
}

function fieldOf(field: z.core.$ZodType, key: string, whole: unknown): unknown {
  const pick = origins.get(field)?.pick;
  return pick === undefined ? (whole as Readonly<Record<string, unknown>>)[key] : pick(whole as never);
}

/** Of the kinds that a value may be of, its own: by the literal that tells them apart, else the first that is not null. */
function optionFor(options: readonly z.core.$ZodType[], value: unknown, path: string): z.core.$ZodType {
  const found =
    options.find((o) => {
      const { def } = (o as z.core.$ZodTypes)._zod;
      if (def.type !== "object" || typeof value !== "object") return false;
      return Object.entries(def.shape).some(([key, field]) => {
        const { def: own } = (field as z.core.$ZodTypes)._zod;
        return own.type === "literal" && own.values[0] === fieldOf(field, key, value);
      });
    }) ?? options.find((o) => (o as z.core.$ZodTypes)._zod.def.type !== "null");
  if (found === undefined) throw missing(path);
  return found;
}

/** JSON knows no infinity: null instead. */
function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function missing(path: string): TypeError {
  return new TypeError(`${path} is not in the finding; say in the schema where it comes from`);
}
