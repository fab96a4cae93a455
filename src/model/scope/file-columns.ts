/** What a record's file shows of its columns, as the host hands it in. */

import type { RecordColumn } from "../model.ts";

/** A column as the cells of a record's file show it. A column of no cells has no words either. */
export interface ColumnFound {
  readonly name: string;
  readonly type: RecordColumn["type"];
  /** Of a column of words. */
  readonly words: readonly string[];
}

/** The columns of a record's file, by its name; null where it cannot be read here. */
export type ColumnsOfFile = (file: string) => readonly ColumnFound[] | null;
