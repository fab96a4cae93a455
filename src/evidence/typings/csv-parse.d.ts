/** What `csv.ts` uses of csv-parse: its own declarations bring Node's types with them, which the core is built without. */

export function parse(
  text: string,
  options: {
    readonly bom: true;
    readonly delimiter: string;
    readonly info: true;
    readonly relax_column_count: true;
    readonly skip_empty_lines: true;
  },
): { readonly record: string[]; readonly info: { readonly lines: number } }[];
