/** The one catalogue of diagnostics: a slug code for each thing that can be wrong, with typed parameters. */

import { argumentCatalogue } from "./catalogue-argument.ts";
import { interchangeCatalogue } from "./catalogue-interchange.ts";
import { languageCatalogue } from "./catalogue-language.ts";
import { modelCatalogue } from "./catalogue-model.ts";
import { sourceCatalogue } from "./catalogue-source.ts";

export const catalogue = {
  ...languageCatalogue,
  ...modelCatalogue,
  ...argumentCatalogue,
  ...sourceCatalogue,
  ...interchangeCatalogue,
};

export type Catalogue = typeof catalogue;
